package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule that {@code install-service} writes, judged by polkit itself, which is asked as systemd asks it. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolkitRuleTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int YES = 0;

    /** Without the rule it takes the password of an administrator, whom nobody asks here. */
    private static final int NOT_WITHOUT_A_PASSWORD = 2;

    /** A bus that leaves all decisions to polkit; it listens where polkit looks for the system's. */
    private static final String BUS =
            """
            <busconfig>
              <type>system</type>
              <listen>unix:path=/run/dbus/system_bus_socket</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/>
                <allow own="*"/>
                <allow send_destination="*"/>
                <allow eavesdrop="true"/>
              </policy>
            </busconfig>
            """;

    /** Both of systemd's, with the defaults that systemd gives them for who sits at no console. */
    private static final String ACTIONS =
            """
            <policyconfig>
              <action id="org.freedesktop.systemd1.manage-units">
                <description>units</description>
                <message>units</message>
                <defaults><allow_any>auth_admin</allow_any></defaults>
              </action>
              <action id="org.freedesktop.systemd1.manage-unit-files">
                <description>unit files</description>
                <message>unit files</message>
                <defaults><allow_any>auth_admin</allow_any></defaults>
              </action>
            </policyconfig>
            """;

    private final Map<String, String> processes = new HashMap<>();
    private Host host;

    @BeforeAll
    void startPolkitWithOurRuleOnly() {
        var directory = Distribution.root().resolve("itests/lab/target/labs/polkit");
        Directories.recreate(directory);
        host = Host.start("h1", "lab-polkit");
        // Owners and modes stay as the package made them: polkit, not root, has to find the rule.
        host.shell(
                """
                for place in /etc/polkit-1 /usr/share/polkit-1; do
                    mkdir -p /run$place
                    cp -aT $place /run$place
                    find /run$place ! -type d -delete
                    mount --bind /run$place $place
                done
                mkdir -p /run/dbus /run/units /run/installed
                mount --bind '%s' /run/installed
                HALCYON_ARCHIVE=off HALCYON_BASE=/run/halcyon /run/installed/bin/halcyon install-service --user nobody --to /run/units --rules /etc/polkit-1/rules.d
                """
                        .formatted(Distribution.unpacked().home()));
        write("/usr/share/polkit-1/actions/org.freedesktop.systemd1.policy", ACTIONS);
        write("/run/bus.conf", BUS);
        Program.start(host, List.of("dbus-daemon", "--config-file=/run/bus.conf", "--nofork", "--print-address=1"))
                .await("unix:path=", LIMIT);
        var log = directory.resolve("polkitd.log");
        host.launch(Map.of(), log, List.of("/usr/lib/polkit-1/polkitd"));
        Await.until("polkit can be asked", LIMIT, () -> Directories.read(log, 0)
                .contains("Acquired the name org.freedesktop.PolicyKit1"));
    }

    @AfterAll
    void endTheHost() {
        if (host != null) {
            host.close();
        }
    }

    @ParameterizedTest(name = "{0}: {3} {2}, {1}")
    @CsvSource({
        "nobody, manage-units, nginx.service, restart, true",
        "nobody, manage-units, nginx.service, start, true",
        "nobody, manage-units, haproxy.service, restart, true",
        "nobody, manage-units, nginx.service, stop, false",
        "nobody, manage-units, sshd.service, restart, false",
        "daemon, manage-units, nginx.service, restart, false",
        "nobody, manage-unit-files, nginx.service, restart, false"
    })
    void theServicesUserMayStartAndRestartTwoUnitsAndNothingElse(
            String user, String action, String unit, String verb, boolean may) {
        var question = "pkcheck --action-id org.freedesktop.systemd1.%s --process %s --detail unit %s --detail verb %s"
                .formatted(action, processes.computeIfAbsent(user, this::processOf), unit, verb);

        var answer = host.run(Map.of(), "", List.of(question.split(" ")));

        assertThat(answer.exit()).as("%s", answer.output()).isEqualTo(may ? YES : NOT_WITHOUT_A_PASSWORD);
    }

    /** Starts one that stays; returns its id as the host counts. */
    private String processOf(String user) {
        var command =
                "exec setpriv --reuid=%s --regid=nogroup --clear-groups sh -c 'echo id $$; exec cat'".formatted(user);
        var told = Program.start(host, List.of("bash", "-c", command)).await("id ", LIMIT);
        return told.substring("id ".length());
    }

    private void write(String file, String text) {
        host.run(Map.of(), text, List.of("tee", file)).orThrow();
    }
}
