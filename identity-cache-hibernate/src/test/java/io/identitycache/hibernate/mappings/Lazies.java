package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Basic;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/** Entities whose bytecode the tests enhance; not among {@link SampleRows}. */
public final class Lazies {

  private Lazies() {}

  @Entity
  @Table(name = "letters")
  @IdentityCached
  public static class Letter {
    @Id private Long id;
    private String subject;

    @Basic(fetch = FetchType.LAZY)
    private String text;

    @ManyToOne(fetch = FetchType.LAZY)
    private Letter answerTo;

    @OneToMany(mappedBy = "answerTo")
    private List<Letter> answers = new ArrayList<>();

    public Long getId() {
      return id;
    }

    public String getSubject() {
      return subject;
    }

    public String getText() {
      return text;
    }

    public void setText(String text) {
      this.text = text;
    }

    public Letter getAnswerTo() {
      return answerTo;
    }

    public List<Letter> getAnswers() {
      return answers;
    }
  }
}
