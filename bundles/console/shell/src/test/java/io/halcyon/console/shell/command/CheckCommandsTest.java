package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.json.Json;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Commands about checks, read by Karaf's own parser; it wants options first, to which a typed line is put before. */
class CheckCommandsTest {

    private final KnownChecks checks =
            new KnownChecks(KnownChecks.check("chk_web", Map.of()), KnownChecks.check("chk_db", Map.of()));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            check:run chk_web                                      => run chk_web
            check:history chk_web                                  => history chk_web 20
            check:history -n 5 chk_web                             => history chk_web 5
            check:force chk_web up                                 => force chk_web UP null
            check:force --for 10m --reason disk chk_web down       => force chk_web DOWN PT10M disk
            check:force --for 90s chk_web up                       => force chk_web UP PT1M30S
            check:disable --reason why chk_web                     => disable chk_web null why
            check:disable --for 1d chk_web                         => disable chk_web PT24H
            check:enable chk_web                                   => enable chk_web
            """)
    void aCommandAsksTheEngine(String line, String asked) throws Exception {
        Report report = type(line);

        assertThat(checks.asked).extracting(String::strip).containsExactly(asked);
        assertThat(report.text().apply(100)).endsWith("\n");
        assertThat(Json.write(report.data())).startsWith(line.startsWith("check:history") ? "[{" : "{\"name\":");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            check:show nosuch            => there is no check nosuch; there is chk_web, chk_db
            check:run nosuch             => there is no check nosuch; there is chk_web, chk_db
            check:force nosuch up        => there is no check nosuch; there is chk_web, chk_db
            check:disable nosuch         => there is no check nosuch; there is chk_web, chk_db
            check:enable nosuch          => there is no check nosuch; there is chk_web, chk_db
            check:types nosuch           => there is no type nosuch; there is exec
            check:types exec nosuch      => there is no key nosuch; there is script, interval
            check:force chk_web sideways => verdict sideways is refused: allowed is up or down
            check:force --for soon chk_web up => --for soon is refused: allowed is a whole number with a unit, such as 30s, 10m, 2h or 1d
            check:disable --for 5 chk_web => --for 5 is refused: allowed is a whole number with a unit, such as 30s, 10m, 2h or 1d
            check:history -n 0 chk_web   => -n 0 is refused: allowed is 1 to 1000
            """)
    void whatMakesNoSenseIsRefusedInOneSentence(String line, String message) {
        assertThatThrownBy(() -> type(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(checks.asked).isEmpty();
    }

    @Test
    void ofManyNamesOnlySomeAreTold() {
        var many = new KnownChecks(IntStream.range(0, 10_000)
                .mapToObj(i -> KnownChecks.check("chk_" + i, Map.of()))
                .toArray(CheckStatus[]::new));

        assertThatThrownBy(() -> new Services(bundles(many)).check("nosuch"))
                .hasMessageStartingWith("there is no check nosuch; there is chk_0, chk_1, ")
                .hasMessageEndingWith("chk_19 and 9980 more");
    }

    @Test
    void aKeyOfEveryCheckIsFoundUnderItsType() throws Exception {
        assertThat(type("check:types exec interval").text().apply(100))
                .contains("interval", "What interval is.")
                .doesNotContain("script", "every check has");
        assertThat(type("check:types").text().apply(100))
                .contains("type = exec (io.halcyon.check.exec 0.1.0)", "every check has");
    }

    @Test
    void aHoldIsConfirmedInItsOwnWords() throws Exception {
        assertThat(type("check:force --for 10m --reason disk chk_web up").text().apply(100))
                .isEqualTo("chk_web: forced UP by hand until 2026-11-28T01:10:00Z: a new disk\n");
        assertThat(type("check:enable chk_web").text().apply(100)).isEqualTo("chk_web: it was as usual\n");
        assertThat(((CheckStatus) type("check:disable chk_web").data())
                        .verdict()
                        .health())
                .isEqualTo(Health.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "run", "history", "force", "disable", "enable", "types"})
    void everyArgumentIsCompleted(String command) throws Exception {
        for (Class<?> type = command(command).getClass(); type != Object.class; type = type.getSuperclass()) {
            assertThat(type.getDeclaredFields())
                    .filteredOn(field -> field.isAnnotationPresent(Argument.class))
                    .allSatisfy(field -> assertThat(field.isAnnotationPresent(Completion.class))
                            .as(field.toString())
                            .isTrue());
        }
    }

    private Report type(String line) throws Exception {
        List<Object> words = Arrays.asList((Object[]) line.strip().split(" ", -1));
        ReportCommand command = command(line.substring("check:".length()).split(" ", -1)[0]);
        new DefaultActionPreparator().prepare(command, nothing(Session.class), words.subList(1, words.size()));
        return command.report(new Services(bundles(checks)));
    }

    private static ReportCommand command(String name) throws ReflectiveOperationException {
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return Class.forName(CheckCommandsTest.class.getPackageName() + ".Check" + capital + "Command")
                .asSubclass(ReportCommand.class)
                .getConstructor()
                .newInstance();
    }

    private static BundleContext bundles(KnownChecks checks) {
        Object reference = nothing(ServiceReference.class);
        return (BundleContext) Proxy.newProxyInstance(
                CheckCommandsTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, values) -> switch (method.getName()) {
                    case "getServiceReference" -> reference;
                    case "getService" -> checks;
                    default -> null;
                });
    }

    private static <T> T nothing(Class<T> type) {
        return Objects.requireNonNull(type.cast(Proxy.newProxyInstance(
                CheckCommandsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> null)));
    }
}
