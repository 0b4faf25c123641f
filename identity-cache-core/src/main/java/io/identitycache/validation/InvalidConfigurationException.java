package io.identitycache.validation;

/**
 * Settings, mappings or a repository cannot be used. The message lists everything that is wrong,
 * each with what is allowed.
 */
public final class InvalidConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidConfigurationException(String report) {
    super(report);
  }
}
