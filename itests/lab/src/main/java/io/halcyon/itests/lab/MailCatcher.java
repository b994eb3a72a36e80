package io.halcyon.itests.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A mail server in a host that keeps what it is given, RFC 5321 as far as a client needs it. Threads of its own. */
public final class MailCatcher implements AutoCloseable {

    private static final int SMTP = 25;
    private static final int BACKLOG = 50;

    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();
    private final Map<String, ServerSocket> servers = new ConcurrentHashMap<>();

    /** Listens at an address and port of the host, unless it does already. */
    public MailCatcher listen(Host host, String address, int port) {
        var server = servers.computeIfAbsent(
                host.name() + " " + address + ":" + port,
                place -> Netns.call(host.pid(), () -> new ServerSocket(port, BACKLOG, InetAddress.getByName(address))));
        var acceptor = new Thread(() -> accept(server), "mail-" + host.name());
        acceptor.setDaemon(true);
        acceptor.start();
        return this;
    }

    /** Listens where the mails of a host with these files go: its {@code smtp.server}, here or in another host. */
    public MailCatcher listenFor(Lab lab, String host, Path example) {
        var server = "127.0.0.1";
        int port = SMTP;
        for (var line : Directories.lines(example, "io.halcyon.notify-*.cfg")) {
            var value = line.substring(line.indexOf('=') + 1).strip();
            if (line.startsWith("smtp.server")) {
                server = value;
            } else if (line.startsWith("smtp.port")) {
                port = Integer.parseInt(value);
            }
        }
        boolean own = server.equals("127.0.0.1") || server.equals("localhost");
        return listen(own ? lab.host(host) : lab.at(server), server, port);
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                var thread = new Thread(() -> serve(client), "mail-client");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(60_000);
            var reader = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            say(client, "220 lab");
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var verb = line.toUpperCase(Locale.ROOT);
                if (verb.startsWith("DATA")) {
                    say(client, "354 go on");
                    mails.add(message(reader));
                    say(client, "250 kept");
                } else if (verb.startsWith("QUIT")) {
                    say(client, "221 bye");
                    return;
                } else {
                    say(client, "250 lab");
                }
            }
        } catch (IOException e) {
            broken.incrementAndGet(); // a client that was killed or frozen; what it did not finish is not kept
        }
    }

    private static String message(BufferedReader reader) throws IOException {
        var text = new StringBuilder();
        for (var line = reader.readLine(); line != null && !line.equals("."); line = reader.readLine()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        }
        return text.toString();
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Conversations that their client did not finish. */
    public int broken() {
        return broken.get();
    }

    /** All mails so far, headers included. */
    public List<String> mails() {
        return List.copyOf(mails);
    }

    /** Waits for a mail. */
    public String await(String what, Duration limit, Predicate<String> filter) {
        return awaitAfter(0, what, limit, filter);
    }

    /** Waits for a mail that came when there were so many already. */
    public String awaitAfter(int old, String what, Duration limit, Predicate<String> filter) {
        return Await.found(
                "a mail: " + what,
                limit,
                () -> mails.stream().skip(old).filter(filter).findFirst());
    }

    @Override
    public void close() {
        for (var server : servers.values()) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
