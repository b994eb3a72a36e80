package io.halcyon.notify.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks SMTP as far as a certain point, and then says nothing more, line open. */
final class HangingServer implements AutoCloseable {

    /** What it does not answer to. */
    enum Silent {
        CONNECTING,
        EHLO,
        MAIL,
        RCPT,
        DATA,
        CONTENTS,
        QUIT
    }

    /** Mails that it has taken in full, whether it said so or not. */
    final AtomicInteger taken = new AtomicInteger();

    private final ServerSocket door;
    private final Silent silent;
    private final Thread thread;

    HangingServer(Silent silent) throws IOException {
        this.silent = silent;
        door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "hanging-server");
        thread.start();
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        while (!door.isClosed()) {
            try (var line = door.accept()) {
                converse(line);
            } catch (IOException e) {
                // The client went, as it should, or the test is over.
            }
        }
    }

    private void converse(Socket line) throws IOException {
        var in = new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
        if (silent != Silent.CONNECTING) {
            say(line, "220 ready");
        }
        String command;
        while ((command = in.readLine()) != null) {
            var verb = verb(command);
            boolean mute = verb == silent || silent == Silent.CONNECTING;
            if (verb == Silent.DATA && !mute) {
                say(line, "354 go on");
                contents(in);
                verb = Silent.CONTENTS;
                mute = silent == Silent.CONTENTS;
            }
            if (!mute) {
                say(line, verb == Silent.QUIT ? "221 bye" : "250 fine");
            }
        }
    }

    private void contents(BufferedReader in) throws IOException {
        String text;
        while ((text = in.readLine()) != null && !text.equals(".")) {
            // Read only.
        }
        taken.incrementAndGet();
    }

    private static Silent verb(String command) {
        for (var verb : Silent.values()) {
            if (command.toUpperCase(java.util.Locale.ROOT).startsWith(verb.name())) {
                return verb;
            }
        }
        return Silent.EHLO;
    }

    private static void say(Socket line, String answer) throws IOException {
        line.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        line.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
