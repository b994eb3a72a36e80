package io.halcyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTest {

    private static final Schema<SampleKeys> SCHEMA = Schema.of(SampleKeys.class);

    private final Map<String, Object> properties =
            new HashMap<>(Map.of("interface", "ens33", "virtual.router.id", "51"));

    @TempDir
    Path directory;

    @Test
    void whatIsNotGivenHasItsDefault() throws Refusal {
        SampleKeys keys = bind();

        assertThat(keys.interface$()).isEqualTo("ens33");
        assertThat(keys.virtual_router_id()).isEqualTo(51);
        assertThat(keys.state()).isEqualTo("BACKUP");
        assertThat(keys.advert_int()).isEqualTo(1.0);
        assertThat(keys.events()).containsExactly("one, two", "three");
        assertThat(keys.bytes()).isEqualTo(5_000_000_000L);
        assertThat(keys.colour()).isEqualTo(SampleKeys.Colour.RED);
    }

    @Test
    void whatHasNoDefaultEitherIsEmptyZeroOrFalse() throws Refusal {
        SampleKeys keys = bind();

        assertThat(keys.note()).isEmpty();
        assertThat(keys.auth_pass()).isEmpty();
        assertThat(keys.spare()).isZero();
        assertThat(keys.virtual_ipaddress()).isEmpty();
        assertThat(keys.ports()).isEmpty();
    }

    @Test
    void aPartIsATextOfItsOwn() throws Refusal {
        properties.putAll(Map.of(
                "router.a",
                "192.0.2.1 80",
                "router.a.interface",
                "eth1",
                "router.a.virtual.router.id",
                "7",
                "router.b.interface",
                "eth2"));
        ConfigText text = ConfigText.of("VI_1", "VI_1.cfg", properties);

        text.requireKnown(List.of(SCHEMA), List.of("router"));
        assertThat(text.parts("router")).containsExactly("a", "b");
        assertThat(text.part("router.a").bind(SCHEMA).virtual_router_id()).isEqualTo(7);
        assertThat(text.part("router.a").written()).containsOnlyKeys("interface", "virtual.router.id");
    }

    @Test
    void whatAPartRefusesHasTheWholeKey() {
        properties.putAll(Map.of(
                "router.a.interface", "eth1", "router.a.virtual.router.id", "256", "router.b.interfase", "eth1"));
        ConfigText text = ConfigText.of("VI_1", "VI_1.cfg", properties);

        assertThatThrownBy(() -> text.part("router.a").bind(SCHEMA))
                .hasMessageStartingWith("VI_1.cfg: router.a.virtual.router.id = 256 is refused: allowed is ");
        assertThatThrownBy(() -> text.part("router.b").bind(SCHEMA))
                .hasMessageStartingWith("VI_1.cfg: router.b.interface is missing: ");
        assertThatThrownBy(() -> text.part("router.b").requireKnown(List.of(SCHEMA)))
                .hasMessageStartingWith("VI_1.cfg: router.b.interfase = ")
                .hasMessageEndingWith("did you mean router.b.interface?");
    }

    @Test
    void valuesComeInEveryForm() throws Refusal {
        properties.putAll(Map.of(
                "virtual.router.id",
                52,
                "advert.int",
                0.25f,
                "nopreempt",
                true,
                "bytes",
                7L,
                "virtual.ipaddress",
                new String[] {"10.0.0.1", "10.0.0.2 label \"a,b\""},
                "events",
                List.of("x, y", "z"),
                "ports",
                new int[] {80, 443}));

        SampleKeys keys = bind();

        assertThat(keys.virtual_router_id()).isEqualTo(52);
        assertThat(keys.advert_int()).isEqualTo(0.25);
        assertThat(keys.nopreempt()).isTrue();
        assertThat(keys.bytes()).isEqualTo(7);
        assertThat(keys.virtual_ipaddress()).containsExactly("10.0.0.1", "10.0.0.2 label \"a,b\"");
        assertThat(keys.events()).containsExactly("x, y", "z");
        assertThat(keys.ports()).containsExactly(80, 443);
    }

    @Test
    void listsAreTakenApart() throws Refusal {
        properties.putAll(
                Map.of("virtual.ipaddress", "10.0.0.1,\n 10.0.0.2/24 dev eth1", "ports", "80, 443", "events", ""));

        SampleKeys keys = bind();

        assertThat(keys.virtual_ipaddress()).containsExactly("10.0.0.1", "10.0.0.2/24 dev eth1");
        assertThat(keys.ports()).containsExactly(80, 443);
        assertThat(keys.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "YES,true", "on,true", "'',true", "false,false", "No,false", "off,false"})
    void yesAndNoHaveManyNames(String written, boolean meant) throws Refusal {
        properties.put("nopreempt", written);

        assertThat(bind().nopreempt()).isEqualTo(meant);
    }

    @Test
    void optionsAreFoundWithoutRegardToCase() throws Refusal {
        properties.putAll(Map.of("state", "master", "colour", "green"));

        assertThat(bind().state()).isEqualTo("MASTER");
        assertThat(bind().colour()).isEqualTo(SampleKeys.Colour.GREEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        virtual.router.id | 256     | a whole number from 1 to 255
        virtual.router.id | 0       | a whole number from 1 to 255
        virtual.router.id | 51.5    | a whole number from 1 to 255
        virtual.router.id | 1e2     | a whole number from 1 to 255
        virtual.router.id | fifty   | a whole number from 1 to 255
        advert.int        | 0.001   | a number from 0.01 to 255
        advert.int        | NaN     | a number from 0.01 to 255
        bytes             | -1      | a whole number, at least 0
        repeat            | 101     | a whole number, at most 100
        spare             | 9999999999 | a whole number from -2147483648 to 2147483647
        nopreempt         | maybe   | true or false (also yes, no, on, off)
        state             | SLAVE   | one of MASTER, BACKUP
        colour            | blue    | one of RED, GREEN
        """)
    void whatIsNotAllowedIsRefusedWithWhatIs(String key, String value, String allowed) {
        properties.put(key, value);

        assertThatThrownBy(this::bind)
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("/etc/x.cfg: " + key + " = " + value + " is refused: allowed is " + allowed);
    }

    @Test
    void anOptionThatIsNearlyRightIsSuggested() {
        properties.put("state", "MASTR");

        assertThatThrownBy(this::bind)
                .hasMessage(
                        "/etc/x.cfg: state = MASTR is refused: allowed is one of MASTER, BACKUP; did you mean MASTER?")
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.suggestion())
                        .isEqualTo("MASTER"));
    }

    @Test
    void theMemberOfAListThatIsWrongIsNamed() {
        properties.put("ports", "80, 99999");

        assertThatThrownBy(this::bind)
                .hasMessageContaining("ports = 99999 is refused: allowed is a list, each member a whole number from 1");
    }

    @Test
    void anOpenQuoteInAListIsRefused() {
        properties.put("virtual.ipaddress", "10.0.0.1, \"10.0.0.2");

        assertThatThrownBy(this::bind).hasMessageContaining("every quote is closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"interface", "virtual.router.id"})
    void aRequiredKeyThatIsMissingOrEmptyIsAnError(String key) {
        properties.remove(key);
        Refusal missing = refusal();
        properties.put(key, "");
        Refusal empty = refusal();

        assertThat(missing).hasMessageContaining(key + " is missing: allowed is ");
        assertThat(missing.key()).isEqualTo(key);
        assertThat(missing.value()).isEmpty();
        assertThat(empty.key()).isEqualTo(key);
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestOne() {
        properties.put("virtual_router_id", "51");

        assertThatThrownBy(() -> text().requireKnown(List.of(SCHEMA)))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("/etc/x.cfg: virtual_router_id = 51 is refused: allowed is one of the keys ")
                .hasMessageEndingWith("; did you mean virtual.router.id?");
    }

    @Test
    void knownKeysAndSecretFilesPass() throws Refusal {
        properties.put("auth.pass.file", "/etc/secret");

        text().requireKnown(List.of(SCHEMA));
    }

    @Test
    void onlySecretsHaveAFileKey() {
        properties.put("note.file", "/etc/secret");

        assertThatThrownBy(() -> text().requireKnown(List.of(SCHEMA))).hasMessageContaining("note.file = /etc/secret");
    }

    @Test
    void whatContainersAddIsNotOurs() {
        properties.putAll(Map.of(
                "service.pid", "x",
                "service.factoryPid", "y",
                "felix.fileinstall.filename", "file:/etc/x.cfg",
                "component.name", "z",
                "org.apache.karaf.features.configKey", "k"));

        assertThat(text().keys()).containsExactly("interface", "virtual.router.id");
        assertThat(text().has("service.pid")).isFalse();
        assertThat(text().has("interface")).isTrue();
    }

    @Test
    void checksAcrossKeysRefuseInTheSameForm() {
        assertThat(text().refuse("interface", "an interface"))
                .hasMessage("/etc/x.cfg: interface = ens33 is refused: allowed is an interface");
        assertThat(text().refuse("state", "something")).hasMessageContaining("state is missing");
    }

    @Test
    void aSecretIsTakenInline() throws Refusal {
        properties.put("auth.pass", "1111");

        assertThat(bind().auth_pass()).isEqualTo("1111");
    }

    @Test
    void aSecretIsReadFromAFileOfItsOwner() throws Exception {
        properties.put("auth.pass.file", secretFile("pa${s}\\s\n", "rw-------").toString());

        assertThat(bind().auth_pass()).isEqualTo("pa${s}\\s");
    }

    @Test
    void aFileThatOthersCanReadIsRefusedWithTheCure() throws Exception {
        Path file = secretFile("hidden", "rw-r-----");
        properties.put("auth.pass.file", file.toString());

        assertThatThrownBy(this::bind)
                .hasMessage("/etc/x.cfg: auth.pass.file = " + file
                        + " is refused: allowed is a file that only its owner can read; cure: chmod 600 " + file)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aSecretFileMustExistAndHoldSomething() throws Exception {
        properties.put("auth.pass.file", "secret");
        assertThatThrownBy(this::bind).hasMessageContaining("the absolute path of a file");
        properties.put("auth.pass.file", directory.resolve("none").toString());
        assertThatThrownBy(this::bind).hasMessageContaining("a file that exists");
        properties.put("auth.pass.file", secretFile("\n", "rw-------").toString());
        assertThatThrownBy(this::bind).hasMessageContaining("this one is empty");
    }

    @Test
    void aSecretIsGivenOnce() throws Exception {
        properties.put("auth.pass", "1111");
        properties.put("auth.pass.file", secretFile("x", "rw-------").toString());

        assertThatThrownBy(this::bind).hasMessageContaining("only one of auth.pass and auth.pass.file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a${b}", "a\\b"})
    void whatFileInstallWouldChangeIsRefusedInline(String secret) {
        properties.put("auth.pass", secret);

        assertThatThrownBy(this::bind)
                .hasMessageContaining("auth.pass = *** is refused")
                .hasMessageContaining("auth.pass.file = PATH")
                .hasMessageNotContaining(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth.pass = a${b}c", "auth.pass=a\\\\c", " auth.pass : a\\u0062c", "auth.pass = ac\\\n"})
    void whatFileInstallHasChangedAlreadyIsFoundInTheFile(String line) throws IOException {
        Path file = directory.resolve("x.cfg");
        Files.writeString(file, "interface = ens33\n" + line + "\n");
        properties.put("auth.pass", "ac");

        assertThatThrownBy(() -> ConfigText.of("x", file.toString(), properties).bind(SCHEMA))
                .hasMessageContaining("auth.pass = *** is refused");
    }

    @Test
    void anHonestSecretInTheFilePasses() throws Exception {
        Path file = directory.resolve("x.cfg");
        Files.writeString(file, "# auth.pass = a\\b\nauth.passes = ${x}\nauth.pass = 1111\n");
        properties.put("auth.pass", "1111");

        assertThat(ConfigText.of("x", file.toString(), properties).bind(SCHEMA).auth_pass())
                .isEqualTo("1111");
    }

    @Test
    void noMessageShowsASecretNorWhatLooksLikeOne() throws Refusal {
        properties.put("auth.pass", "hidden1");
        properties.put("auth.password", "hidden2");
        ConfigText text = text();

        assertThat(text.bind(SCHEMA).toString()).doesNotContain("hidden").contains("auth_pass=***");
        assertThat(text.refuse("auth.pass", "another").getMessage()).doesNotContain("hidden");
        assertThatThrownBy(() -> text.requireKnown(List.of(SCHEMA)))
                .hasMessageContaining("auth.password = ***")
                .hasMessageEndingWith("did you mean auth.pass?")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth.pas", "auth_phrase", "auth.pss"})
    void aMisspelledSecretIsHiddenToo(String misspelled) {
        properties.put(misspelled, "hidden");

        assertThatThrownBy(() -> text().requireKnown(List.of(SCHEMA)))
                .hasMessageContaining(misspelled + " = ***")
                .hasMessageEndingWith("did you mean auth.pass?");
    }

    @Test
    void whatResemblesNoKeyMayBeASecretInSomebodysOwnWords() {
        properties.put("smtp.pw", "hidden");

        assertThatThrownBy(() -> text().requireKnown(List.of(SCHEMA)))
                .hasMessageContaining("smtp.pw = ***")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void boundValuesAreAnAnnotation() throws Refusal {
        properties.put("ports", "80");
        SampleKeys keys = bind();
        SampleKeys same = bind();
        properties.put("ports", "81");
        SampleKeys other = bind();

        assertThat(keys.annotationType()).isEqualTo(SampleKeys.class);
        assertThat(keys)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(other)
                .isNotEqualTo("x");
        keys.ports()[0] = 1;
        assertThat(keys.ports()).containsExactly(80);
    }

    private Path secretFile(String content, String permissions) throws IOException {
        Path file = Files.createTempFile(directory, "secret", "");
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private ConfigText text() {
        return ConfigText.of("x", "/etc/x.cfg", properties);
    }

    private SampleKeys bind() throws Refusal {
        return text().bind(SCHEMA);
    }

    private Refusal refusal() {
        return catchThrowableOfType(Refusal.class, this::bind);
    }
}
