package io.halcyon.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterStatus;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Jackson, told our form: a field is named as the record's component unless {@link FieldNames} says otherwise. */
final class Mapper {

    private Mapper() {}

    static ObjectMapper create() {
        return JsonMapper.builder()
                .addModule(new SimpleModule()
                        .addSerializer(new InstantWriter())
                        .addDeserializer(Instant.class, new InstantReader()))
                .addMixIn(RouterStatus.class, FieldNames.OfRouter.class)
                .addMixIn(Event.class, FieldNames.OfEvent.class)
                // Methods such as isIpv6() are answers, not parts.
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
                .build();
    }

    /** ISO-8601 in UTC, such as {@code 2026-11-23T17:45:00.123Z}. */
    private static final class InstantWriter extends StdSerializer<Instant> {

        private static final long serialVersionUID = 1L;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return json.hasToken(JsonToken.VALUE_STRING)
                        ? InstantText.parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength())
                        : Instant.parse(json.getValueAsString(""));
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(
                        Instant.class, json.getValueAsString(""), "not an ISO-8601 time");
            }
        }
    }
}
