package io.identitycache.hibernate.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a {@code @OrderBy} says, as far as it names plain attributes of the row that is ordered:
 * then it can be asked for in a query for ids alone, and it is known which changes can change the
 * order.
 */
record OrderOfIds(List<Item> items) {

  /** An attribute's path, and what follows it: {@code desc nulls last}. */
  record Item(String path, String direction) {}

  private static final Pattern ITEM =
      Pattern.compile(
          "\\s*(\\w+(?:\\.\\w+)*)((?:\\s+(?:asc|desc))?(?:\\s+nulls\\s+(?:first|last))?)\\s*",
          Pattern.CASE_INSENSITIVE);

  OrderOfIds {
    items = List.copyOf(items);
  }

  /** Reads the text of an annotation that is not empty; empty if it says more than that. */
  static Optional<OrderOfIds> parse(String text) {
    List<Item> items = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = ITEM.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      items.add(new Item(matcher.group(1), matcher.group(2).strip()));
    }
    return Optional.of(new OrderOfIds(items));
  }

  /** The attributes at the start of the paths. */
  List<String> rootAttributes() {
    return items.stream().map(item -> item.path().split("\\.", 2)[0]).distinct().toList();
  }

  /** As a query says it, of the rows of this alias; empty for no order. */
  String asQuery(String alias) {
    return items.stream()
        .map(item -> (alias + "." + item.path() + " " + item.direction()).strip())
        .collect(Collectors.joining(", "));
  }
}
