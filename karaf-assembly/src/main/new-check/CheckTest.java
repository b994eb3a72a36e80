package __PACKAGE__;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract that every check keeps (ten tests), and what is special about this one. */
class __CLASS__CheckTest extends HealthCheckContract<__CLASS__Keys> {

    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Override
    protected HealthCheckFactory<__CLASS__Keys> factory() {
        return new __CLASS__CheckFactory();
    }

    @Override
    protected Map<String, Object> working() throws IOException {
        return Map.of("connect.port", server("220 ready\r\n"), "greeting", "220 ");
    }

    @Override
    protected Map<String, Object> failing() throws IOException {
        return Map.of("connect.port", server("421 go away\r\n"), "greeting", "220 ");
    }

    @Override
    protected Map<String, Object> hanging() throws IOException {
        return Map.of("connect.port", server(""));
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("connect.port", 25, "connect.ip", " ");
    }

    @Test
    void theReasonTellsWhatWasMissed() throws Exception {
        int port = server("421 go away\r\n");
        var result = look(Map.of("connect.port", port, "greeting", "220 "));

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).isEqualTo("127.0.0.1:" + port + " greets without \"220 \"");
        assertThat(result.details()).containsEntry("greeting", "421 go away");
        assertThat(result.latency()).isPositive();
    }

    @Test
    void aServerThatNeverEndsItsLineIsReadUpToALimit() throws Exception {
        assertThat(look(Map.of("connect.port", server("x".repeat(100_000)))).details())
                .containsEntry("greeting", "x".repeat(1024));
    }

    @Test
    void nobodyThereIsDown() throws Exception {
        int port = server("");
        closeAll();

        assertThat(look(Map.of("connect.port", port)).reason()).containsIgnoringCase("connection refused");
    }

    private CheckResult look(Map<String, Object> keys) throws InterruptedException {
        var check = (BlockingCheck) factory().create("test", Keys.of(__CLASS__Keys.class, keys));
        return check.look(5_000);
    }

    /** Port of a server that says so much to each client and leaves the connection open. */
    private int server(String text) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(server);
        var thread = new Thread(() -> serve(server, text), "server");
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    private void serve(ServerSocket server, String text) {
        while (true) {
            try {
                Socket client = server.accept();
                open.add(client);
                client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException clientOrServerIsGone) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }
}
