package io.halcyon.check.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/** A server of the JDK with a page for every purpose; remembers what it was asked. */
final class Site implements AutoCloseable {

    static final String WELCOME = "Welcome to nginx!\nünïcode\n";

    /** A request as the server saw it. */
    record Seen(String method, String path, List<String> host, List<String> secret, String body) {}

    private final HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    private Site(HttpServer server) {
        this.server = server;
        page("/", 200, WELCOME);
        page("/missing", 404, "no");
        page("/broken", 500, "no");
        page("/nothing", 204, "");
        page("/json", 200, "{\"status\": \"UP\", \"nodes\": [{\"load\": 0.5, \"ok\": true, \"gone\": null}]}");
        page("/large", 200, "x".repeat(300_000));
        redirect("/moved", "/");
        redirect("/loop", "/loop");
        redirect("/scheme", "ftp://127.0.0.1/");
        server.createContext("/chunked", this::chunked);
        server.createContext("/gzip", this::gzip);
        server.start();
    }

    static Site plain() throws IOException {
        return new Site(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    static Site secure(SSLContext context) throws IOException {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new Site(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Seen> seen() {
        return seen;
    }

    void redirect(String path, String location) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            answer(exchange, 302, "elsewhere");
        });
    }

    private void page(String path, int status, String text) {
        server.createContext(path, exchange -> answer(exchange, status, text));
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        note(exchange);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bytes.length == 0 || head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private void chunked(HttpExchange exchange) throws IOException {
        note(exchange);
        exchange.sendResponseHeaders(200, 0);
        for (var part : new String[] {"Welcome ", "to ", "nginx!\n"}) {
            exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    /** A mebibyte and a half in one and a half kibibytes, if that is asked for. */
    private void gzip(HttpExchange exchange) throws IOException {
        note(exchange);
        if (!"gzip".equals(exchange.getRequestHeaders().getFirst("Accept-Encoding"))) {
            answer(exchange, 200, "plain");
            return;
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, 0);
        try (var out = new GZIPOutputStream(exchange.getResponseBody())) {
            out.write("zipped ".repeat(220_000).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void note(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers.getOrDefault("Host", List.of()),
                headers.getOrDefault("X-Secret", List.of()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
