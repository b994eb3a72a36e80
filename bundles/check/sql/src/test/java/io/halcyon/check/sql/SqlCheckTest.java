package io.halcyon.check.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.Keys;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.h2.Driver;
import org.h2.tools.Server;
import org.h2.util.OsgiDataSourceFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/** With a real server, and drivers from a real OSGi framework. */
class SqlCheckTest extends HealthCheckContract<SqlKeys> {

    private static final String PASSWORD = "s3cr3t-word";

    @TempDir
    Path directory;

    private Felix framework;
    private Server server;
    private ServerSocket mute;
    private Connection database;
    private SqlCheckFactory factory;
    private String url;

    @BeforeEach
    void serve() throws Exception {
        framework = new Felix(Map.of(
                Constants.FRAMEWORK_STORAGE, directory.resolve("framework").toString(), "felix.log.level", "0"));
        framework.start();
        factory = new SqlCheckFactory(framework.getBundleContext());
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var name = "d" + System.nanoTime();
        database = DriverManager.getConnection("jdbc:h2:mem:" + name, "sa", "");
        try (var statement = database.createStatement()) {
            statement.execute("CREATE USER monitor PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE TABLE node (id INT, role VARCHAR, lag DECIMAL(9, 1))");
            statement.execute("INSERT INTO node VALUES (1, 'primary', 2.5)");
            statement.execute("GRANT SELECT ON node TO monitor");
        }
        url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:" + name;
    }

    @AfterEach
    void stop() throws Exception {
        database.close();
        server.stop();
        mute.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Override
    protected HealthCheckFactory<SqlKeys> factory() {
        offer();
        return factory;
    }

    @Override
    protected Map<String, Object> working() {
        return keys("query", "SELECT role FROM node", "expected", "primary");
    }

    @Override
    protected Map<String, Object> failing() {
        return keys("query", "SELECT role FROM node", "expected", "replica");
    }

    @Override
    protected Map<String, Object> hanging() {
        return keys("url", "jdbc:h2:tcp://127.0.0.1:" + mute.getLocalPort() + "/mem:x");
    }

    @Override
    protected Map<String, Object> senseless() {
        return keys("url", "http://127.0.0.1/");
    }

    @Test
    void theAnswerIsCompared() throws Exception {
        offer();

        assertThat(look(keys()).reason()).isEqualTo("the answer is as expected");
        var wrong = look(keys("query", "SELECT role FROM node", "expected", "replica"));
        assertThat(wrong.reason()).isEqualTo("the answer is primary, expected is replica");
        assertThat(wrong.details()).containsEntry("value", "primary");
        assertThat(wrong.latency()).isPositive();
        assertThat(look(keys("query", "SELECT role FROM node WHERE id = 2")).reason())
                .isEqualTo("the answer has no row");
    }

    @ParameterizedTest
    @CsvSource({"2.5, UP", "2.4, DEGRADED", "-1, DEGRADED", "100, UP"})
    void aNumberHasALimit(String greatest, Health expected) throws Exception {
        offer();

        assertThat(look(keys("query", "SELECT lag FROM node", "value.max", greatest))
                        .health())
                .isEqualTo(expected);
        assertThat(look(keys("query", "SELECT role FROM node", "value.max", greatest))
                        .reason())
                .isEqualTo("the answer is primary, which is no number");
    }

    @Test
    void errorsAreDownWithTheirState() throws Exception {
        offer();

        var missing = look(keys("query", "SELECT * FROM nothing"));
        assertThat(missing.health()).isEqualTo(Health.DOWN);
        assertThat(missing.reason()).contains("NOTHING").endsWith("(SQLSTATE 42S02)");
        assertThat(look(keys("query", "DELETE FROM node")).health()).isEqualTo(Health.DOWN);
        server.stop();
        assertThat(look(keys()).reason()).containsIgnoringCase("connection");
    }

    @Test
    void aPasswordIsShownNowhere() throws Exception {
        offer();
        assertThat(look(keys("password", "another-" + PASSWORD)).reason())
                .contains("28000")
                .doesNotContain(PASSWORD);

        var repeated = look(keys("query", "SELECT " + PASSWORD.replace('-', '_') + " FROM \"" + PASSWORD + "\""));
        assertThat(repeated.health()).isEqualTo(Health.DOWN);
        assertThat(repeated.reason()).contains("***").doesNotContain(PASSWORD);
        assertThat(new Question.Text("u", "me", PASSWORD, "q").toString()).doesNotContain(PASSWORD);
    }

    @Test
    void aSlowQuestionEndsAtTheTimeoutAndTheNextOneIsAsked() throws Exception {
        offer();
        var slow = check(keys("query", "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000000000) WHERE X > SIN(X)"));

        assertThat(slow.look(300).reason()).isEqualTo("no answer in time");
        assertThat(look(keys()).health()).isEqualTo(Health.UP);
    }

    @Test
    void oneThatDoesNotComeBackIsNotAskedTwice() throws Exception {
        offer();
        var check = check(hanging());

        assertThat(check.look(100).reason()).isEqualTo("no answer in time");
        assertThat(check.look(100).reason()).isEqualTo("the driver has not come back from a look before");
    }

    @Test
    void withoutADriverNobodyKnowsAndItMayComeAndGo() throws Exception {
        var check = check(keys());
        var result = check.look(5_000);
        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason()).isEqualTo("no installed bundle brings a JDBC driver for this url");

        var offered = offer();
        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
        factory.removeFactory(offered);
        assertThat(check.look(5_000).health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void theClassOfTheDriverDecidesIfItIsGiven() throws Exception {
        offer();

        assertThat(look(keys("driver", "org.h2.Driver")).health()).isEqualTo(Health.UP);
        assertThat(look(keys("driver", "org.postgresql.Driver")).reason())
                .isEqualTo("no installed bundle brings a JDBC driver for this url of class org.postgresql.Driver");
    }

    @Test
    void aDriverThatABundleOnlyListsIsFoundUntilTheBundleGoes() throws Exception {
        var jar = Driver.class.getProtectionDomain().getCodeSource().getLocation();
        var bundle = framework.getBundleContext().installBundle(jar.toString());
        assertThat(look(keys()).health()).as("not resolved").isEqualTo(Health.UNKNOWN);
        framework.adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));

        assertThat(look(keys()).reason()).isEqualTo("the answer is as expected");
        assertThat(look(keys("driver", "org.h2.Driver")).health()).isEqualTo(Health.UP);
        bundle.uninstall();
        assertThat(look(keys()).health()).isEqualTo(Health.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "url, postgresql://x, jdbc:...",
        "query, ' ', a query that returns a row",
        "user, '', 'a user, since there is a password'",
        "value.max, ten, a decimal number"
    })
    void senselessValuesAreRefused(String key, String value, String allowed) {
        assertThatThrownBy(() -> check(keys(key, value)))
                .hasMessage(key + " = " + value + " is refused: allowed is " + allowed);
    }

    @Test
    void twoDemandsOnOneValueAreRefused() {
        assertThatThrownBy(() -> check(keys("expected", "1", "value.max", "1")))
                .hasMessage("value.max = 1 is refused: allowed is nothing beside expected");
    }

    @Test
    void itsStepsAreTold() throws Exception {
        offer();
        var result = look(working());

        assertThat(result.details().keySet().stream().filter(name -> name.startsWith(CheckResult.STEP)))
                .containsExactly("step.connect", "step.answer", "step.judge");
    }

    private OsgiDataSourceFactory offer() {
        var offered = new OsgiDataSourceFactory(new Driver());
        factory.addFactory(offered, Map.of("osgi.jdbc.driver.class", "org.h2.Driver"));
        return offered;
    }

    private Map<String, Object> keys(Object... keysAndValues) {
        var keys = new HashMap<String, Object>(Map.of("url", url, "user", "monitor", "password", PASSWORD));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return keys;
    }

    private CheckResult look(Map<String, Object> keys) throws InterruptedException {
        return check(keys).look(5_000);
    }

    private BlockingCheck check(Map<String, Object> keys) {
        return (BlockingCheck) factory.create("t", Keys.of(SqlKeys.class, keys));
    }
}
