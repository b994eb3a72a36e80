package io.halcyon.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A connection that stays open, with a server that says its name. */
public final class Conversation implements AutoCloseable {

    private static final int LIMIT_MILLIS = 10_000;

    private final Socket socket;
    private final BufferedReader answers;
    private final String server;
    private int said;

    Conversation(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String name = answers.readLine();
        if (name == null) {
            throw new IOException("it was closed before the server said its name");
        }
        server = name;
    }

    /** Who serves it. */
    public String server() {
        return server;
    }

    /** Whether a line goes there and comes back from the same server, 10 s at most. */
    public boolean goesOn() {
        String line = "line " + ++said;
        try {
            say(line);
            return (server + " " + line).equals(answers.readLine());
        } catch (IOException ended) {
            return false;
        }
    }

    /** Whether it ends within 10 s when something is said. */
    public boolean ends() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        while (System.nanoTime() - deadline < 0) {
            try {
                socket.setSoTimeout(200);
                say("still there?");
                if (answers.readLine() == null) {
                    return true;
                }
            } catch (SocketTimeoutException silent) {
                continue;
            } catch (IOException ended) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return false;
    }

    private void say(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // As wanted.
        }
    }
}
