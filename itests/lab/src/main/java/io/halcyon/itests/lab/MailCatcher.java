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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A mail server in a host that keeps what it is given, RFC 5321 as far as a client needs it. Threads of its own. */
public final class MailCatcher implements AutoCloseable {

    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    /** Listens at an address and port of the host. */
    public MailCatcher(Host host, String address, int port) {
        server = Netns.call(host.pid(), () -> new ServerSocket(port, 50, InetAddress.getByName(address)));
        var acceptor = new Thread(this::accept, "mail-" + host.name());
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Listens where the example's mails go: its {@code smtp.server}, which is a host of the lab. */
    static MailCatcher forExample(Lab lab, Path example) {
        var server = Lab.address(Lab.CLIENT);
        int port = 25;
        for (var line : Directories.lines(example, "io.halcyon.notify-*.cfg")) {
            var value = line.substring(line.indexOf('=') + 1).strip();
            if (line.matches("(smtp\\.)?server\\s*=.*")) {
                server = value;
            } else if (line.matches("(smtp\\.)?port\\s*=.*")) {
                port = Integer.parseInt(value);
            }
        }
        return new MailCatcher(lab.at(server), server, port);
    }

    private void accept() {
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
            throw new UncheckedIOException(e);
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

    /** All mails so far, headers included. */
    public List<String> mails() {
        return List.copyOf(mails);
    }

    /** Waits for a mail. */
    public String await(String what, Duration limit, Predicate<String> filter) {
        return Await.found(
                "a mail: " + what, limit, () -> mails.stream().filter(filter).findFirst());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
