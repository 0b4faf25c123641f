package io.identitycache.hibernate.load;

import io.identitycache.entry.Codec;
import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.hibernate.state.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes lists of one attribute's values, in their order. */
final class ValueListCodec implements Codec<List<@Nullable Object>> {

  private final ValueCodec value;

  ValueListCodec(ValueCodec value) {
    this.value = value;
  }

  @Override
  public byte[] encode(List<@Nullable Object> values) {
    ContentWriter out = new ContentWriter();
    out.writeCount(values.size());
    values.forEach(each -> value.write(out, each));
    return out.toBytes();
  }

  @Override
  public List<@Nullable Object> decode(byte[] content) {
    ContentReader in = new ContentReader(content);
    int count = in.readCount();
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value.read(in));
    }
    in.end();
    return values;
  }
}
