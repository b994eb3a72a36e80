package io.halcyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.settings.Key.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    private final Schema<SampleKeys> schema = Schema.of(SampleKeys.class);

    @Test
    void nameAndDescriptionComeFromTheMetatype() {
        assertThat(schema.name()).isEqualTo("Sample");
        assertThat(schema.description()).isEqualTo("Shows <everything>.");
        assertThat(schema.type()).isEqualTo(SampleKeys.class);
    }

    @Test
    void aKeySaysAllThatIsKnownOfIt() {
        assertThat(key("interface"))
                .isEqualTo(new Key(
                        "interface", Kind.TEXT, false, true, null, null, null, List.of(), "Network interface."));
        assertThat(key("virtual.router.id"))
                .isEqualTo(new Key("virtual.router.id", Kind.INTEGER, false, true, null, "1", "255", List.of(), ""));
        assertThat(key("state").options()).containsExactly("MASTER", "BACKUP");
        assertThat(key("auth.pass").kind()).isEqualTo(Kind.SECRET);
        assertThat(key("auth.pass").required()).isFalse();
        assertThat(key("nopreempt").kind()).isEqualTo(Kind.BOOLEAN);
        assertThat(key("virtual.ipaddress").list()).isTrue();
    }

    @Test
    void aDefaultIsShownAsOneWouldWriteIt() {
        assertThat(key("advert.int").defaultValue()).isEqualTo("1");
        assertThat(key("events").defaultValue()).isEqualTo("\"one, two\", three");
        assertThat(key("ports").defaultValue()).isEmpty();
        assertThat(key("colour").defaultValue()).isEqualTo("RED");
        assertThat(key("note").defaultValue()).isNull();
    }

    @Test
    void aKeyWithADefaultNeedNotBeGiven() {
        assertThat(schema.keys().stream().filter(Key::required).map(Key::name))
                .containsExactly("interface", "virtual.router.id");
    }

    @ParameterizedTest
    @CsvSource({
        "virtual_router_id, virtual.router.id",
        "interface$, interface",
        "a__b, a_b",
        "a$$b, a$b",
        "a$_$b, a-b",
        "___, _."
    })
    void aMembersNameBecomesAKey(String member, String key) {
        assertThat(Schema.keyOf(member)).isEqualTo(key);
    }

    @Test
    void aTypeWithoutMetatypeIsRefused() {
        assertThatThrownBy(() -> Schema.of(Deprecated.class.asSubclass(java.lang.annotation.Annotation.class)))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> Schema.of(Stray.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OSGI-INF/metatype/io.halcyon.settings.SchemaTest$Stray.xml");
    }

    private Key key(String name) {
        return schema.keys().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @interface Stray {}
}
