package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.lvs.VirtualServerExplanation;
import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.json.Json;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Commands about virtual servers, read by Karaf's own parser; it wants options first. */
class VirtualServerCommandsTest {

    private static final Map<String, Class<? extends ReportCommand>> COMMANDS = Map.of(
            "lvs:list", VirtualServerListCommand.class,
            "lvs:show", VirtualServerShowCommand.class,
            "lvs:explain", VirtualServerExplainCommand.class,
            "lvs:rebuild", VirtualServerRebuildCommand.class,
            "lvs:drain", RealServerDrainCommand.class,
            "lvs:undrain", RealServerUndrainCommand.class,
            "lvs:weight", RealServerWeightCommand.class,
            "ha:status", StatusCommand.class);

    private final KnownVirtualServers servers = new KnownVirtualServers();

    static List<Class<? extends ReportCommand>> commands() {
        return List.copyOf(COMMANDS.values());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            lvs:explain web                                => explain web
            lvs:drain web web1                             => drain web web1 null null
            lvs:drain --deadline 10m --for 2h --reason kernel web web1 => drain web web1 PT10M PT2H kernel
            lvs:undrain web web2                           => undrain web web2
            lvs:weight web web1 5                          => weight web web1 5
            lvs:weight web web1 0                          => weight web web1 0
            lvs:weight web web1 2147483647                 => weight web web1 2147483647
            lvs:weight web web1 configured                 => weight web web1 -1
            lvs:rebuild --yes web                          => rebuild web
            """)
    void aCommandAsksTheEngine(String line, String asked) throws Exception {
        Report report = type(line);

        assertThat(servers.asked).extracting(String::strip).containsExactly(asked);
        assertThat(report.text().apply(100)).endsWith("\n");
        assertThat(Json.write(report.data())).startsWith("{\"name\":\"web");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            lvs:show nosuch            => there is no virtual server nosuch; there is dns, web
            lvs:explain nosuch         => there is no virtual server nosuch; there is dns, web
            lvs:rebuild --yes nosuch   => there is no virtual server nosuch; there is dns, web
            lvs:drain nosuch web1      => there is no virtual server nosuch; there is dns, web
            lvs:drain web nosuch       => there is no real server nosuch of web; there is web1, web2, web3, sorry
            lvs:undrain web nosuch     => there is no real server nosuch of web; there is web1, web2, web3, sorry
            lvs:weight dns web1 1      => there is no real server web1 of dns
            lvs:weight web web1 many   => weight many is refused: allowed is 0 to 2147483647, or configured
            lvs:weight web web1 2147483648 => weight 2147483648 is refused: allowed is 0 to 2147483647, or configured
            lvs:weight web web1 -1     => weight -1 is refused: allowed is 0 to 2147483647, or configured
            lvs:weight web web1 +1     => weight +1 is refused: allowed is 0 to 2147483647, or configured
            lvs:drain --for soon web web1 => --for soon is refused: allowed is a whole number with a unit, such as 30s, 10m, 2h or 1d
            lvs:drain --deadline 5 web web1 => --deadline 5 is refused: allowed is a whole number with a unit, such as 30s, 10m, 2h or 1d
            lvs:rebuild web            => the connections of web would be lost; give --yes if that is what you want
            """)
    void whatMakesNoSenseIsRefusedInOneSentenceAndDoesNothing(String line, String message) {
        assertThatThrownBy(() -> type(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(servers.asked).isEmpty();
    }

    @Test
    void theListHasTwoForms() throws Exception {
        assertThat(type("lvs:list").text().apply(100)).contains("-> web1", "-> sorry");
        assertThat(type("lvs:list --short").text().apply(100))
                .contains("web ")
                .doesNotContain("web1")
                .hasLineCount(3);
        assertThat(Json.write(type("lvs:list --short").data())).startsWith("[{\"name\":\"dns\"");
    }

    @Test
    void whatACommandDidIsConfirmed() throws Exception {
        assertThat(type("lvs:drain web web2").text().apply(100))
                .isEqualTo("web web2: drained by hand, connections that are left end at 2026-11-28T01:10:00Z: a new"
                        + " kernel\n");
        assertThat(type("lvs:undrain web web1").text().apply(100))
                .isEqualTo("web web1: in service, all checks succeed\n");
        assertThat(type("lvs:weight web web1 configured").text().apply(100))
                .isEqualTo("web web1: weight 3 as configured\n");
        assertThat(type("lvs:rebuild --yes web").text().apply(100))
                .isEqualTo("web: built anew, the connections it had are lost\n");
        assertThat(type("lvs:undrain web web3").text().apply(100).lines())
                .containsExactly(
                        "web web3 [192.0.2.13]:80: out of service, connection refused",
                        "web web3 [192.0.2.14]:80: in service, all checks succeed");
        assertThat(Json.read(Json.write(type("lvs:drain web web2").data()), VirtualServerStatus.class))
                .isEqualTo(KnownVirtualServers.web());
    }

    @Test
    void oneVirtualServerIsTheSameAsJson() throws Exception {
        assertThat(Json.read(Json.write(type("lvs:show web").data()), VirtualServerStatus.class))
                .isEqualTo(KnownVirtualServers.web());
        assertThat(Json.read(Json.write(type("lvs:explain web").data()), VirtualServerExplanation.class))
                .isEqualTo(servers.explain("web"));
    }

    @Test
    void withoutTheEngineTheFeatureIsNamed() {
        assertThatThrownBy(() -> new Services(bundles(null)).virtualServers())
                .hasMessage("nobody knows of virtual servers here: feature halcyon-lvs is not installed or not running;"
                        + " to install it: feature:install halcyon-lvs");
    }

    @Test
    void theNodesStatusTellsWhoHasNoQuorum() throws Exception {
        String status = type("ha:status").text().apply(100);

        assertThat(status)
                .contains("web   [192.0.2.1]:tcp:80         UP ")
                .contains("- dns: no quorum, weight 0 of 2, no real server is up; the sorry server serves")
                .contains("- web: no check looks at web1");
        assertThat(Json.write(type("ha:status").data())).contains("\"virtualServers\":[{\"name\":\"dns\"");
    }

    /** Most nodes have no virtual servers, and nobody there wants to read of them. */
    @Test
    void theNodesStatusIsSilentWhereThereAreNone() {
        String status = Overview.of(new Services(bundles(null))).text(KnownVirtualServers.NOW, 100);

        assertThat(status).contains("feature halcyon-vrrp").doesNotContain("virtual server", "lvs");
    }

    @Test
    void realServersOfTheVirtualServerOnTheLineAreOffered() {
        assertThat(RealServerNames.of(servers, List.of("lvs:drain", "web", "")))
                .containsExactly("web1", "web2", "web3");
        assertThat(RealServerNames.of(servers, List.of("lvs:drain", "dns", ""))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyArgumentIsCompleted(Class<? extends ReportCommand> command) {
        for (Class<?> type = command; type != Object.class; type = type.getSuperclass()) {
            assertThat(type.getDeclaredFields())
                    .filteredOn(field -> field.isAnnotationPresent(Argument.class))
                    .allSatisfy(field -> assertThat(field.isAnnotationPresent(Completion.class))
                            .as(field.toString())
                            .isTrue());
        }
    }

    private Report type(String line) throws Exception {
        List<Object> words = Arrays.asList((Object[]) line.strip().split(" ", -1));
        ReportCommand command = Objects.requireNonNull(COMMANDS.get(words.get(0)))
                .getConstructor()
                .newInstance();
        new DefaultActionPreparator().prepare(command, nothing(Session.class), words.subList(1, words.size()));
        return command.report(new Services(bundles(servers)));
    }

    /** Where nobody but the engine of virtual servers is there, if it is. */
    private static BundleContext bundles(VirtualServerService servers) {
        Object reference = nothing(ServiceReference.class);
        return (BundleContext) Proxy.newProxyInstance(
                VirtualServerCommandsTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, values) -> switch (method.getName()) {
                    case "getServiceReference" -> servers != null && values[0] == VirtualServerService.class
                            ? reference
                            : null;
                    case "getServiceReferences" -> List.of();
                    case "getService" -> servers;
                    default -> null;
                });
    }

    private static <T> T nothing(Class<T> type) {
        return Objects.requireNonNull(type.cast(Proxy.newProxyInstance(
                VirtualServerCommandsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, values) -> null)));
    }
}
