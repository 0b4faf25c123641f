package io.identitycache.settings;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code host:port,host:port}; an IPv6 address stands in brackets. */
final class ServerList {

  static final String ALLOWED =
      "host:port, several separated by commas, an IPv6 address in brackets:"
          + " cache-1:11211,[2001:db8::1]:11211";

  private static final Pattern SERVER =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)]|([A-Za-z0-9._-]+)):(\\d{1,5})");
  private static final int MAXIMUM_PORT = 65_535;

  private ServerList() {}

  /** The servers that are well formed; each other one is told to {@code malformed}. */
  static List<InetSocketAddress> parse(String text, Consumer<String> malformed) {
    List<InetSocketAddress> servers = new ArrayList<>();
    for (String server : text.split(",", -1)) {
      Matcher matcher = SERVER.matcher(server.strip());
      int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : 0;
      if (port < 1 || port > MAXIMUM_PORT) {
        malformed.accept("\"" + server.strip() + "\" is no server");
        continue;
      }
      String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      // the store asks for the address, once everything else has been found right
      InetSocketAddress address = InetSocketAddress.createUnresolved(host, port);
      if (servers.contains(address)) {
        malformed.accept("\"" + server.strip() + "\" is there twice");
      } else {
        servers.add(address);
      }
    }
    return servers;
  }
}
