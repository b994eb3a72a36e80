package io.halcyon.notify.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server of the JDK that keeps what it gets and answers what it is told. */
final class Receiver implements AutoCloseable {

    static {
        // Otherwise this server holds the body of an answer back until its headers are confirmed, 40 ms each.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What it got. */
    static final class Request {

        private final String method;
        private final String path;
        private final Headers headers;
        private final byte[] bytes;

        Request(String method, String path, Headers headers, byte[] bytes) {
            this.method = method;
            this.path = path;
            this.headers = headers;
            this.bytes = bytes;
        }

        String method() {
            return method;
        }

        String path() {
            return path;
        }

        Headers headers() {
            return headers;
        }

        byte[] bytes() {
            return bytes;
        }

        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** How it answers one request. */
    interface Answer {

        void give(HttpExchange exchange) throws IOException;

        static Answer of(int status, String body, String... headers) {
            return exchange -> {
                for (int i = 0; i < headers.length; i += 2) {
                    exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
                }
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            };
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();

    private Receiver(HttpServer server) {
        this.server = server;
    }

    static Receiver plain() throws IOException {
        return start(new Receiver(HttpServer.create(loopback(), 0)));
    }

    static Receiver tls(SSLContext context, boolean wantsClients) throws IOException {
        var server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(wantsClients);
                parameters.setSSLParameters(tls);
            }
        });
        return start(new Receiver(server));
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Receiver start(Receiver receiver) {
        receiver.server.setExecutor(receiver.threads);
        receiver.server.createContext("/", receiver::handle);
        receiver.server.start();
        return receiver;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port() + path;
    }

    /** The next answers; after them, 200. */
    Receiver answering(Answer... next) {
        answers.addAll(List.of(next));
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    /** Ends of the connections over which they came. */
    Set<InetSocketAddress> clients() {
        return clients;
    }

    Request only() {
        if (requests.size() != 1) {
            throw new AssertionError("got " + requests.size() + " requests");
        }
        return requests.get(0);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        clients.add(exchange.getRemoteAddress());
        requests.add(new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
        @Nullable Answer next = answers.poll();
        (next == null ? Answer.of(200, "ok") : next).give(exchange);
    }
}
