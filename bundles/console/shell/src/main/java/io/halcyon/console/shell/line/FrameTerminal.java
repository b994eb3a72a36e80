package io.halcyon.console.shell.line;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.apache.karaf.shell.api.console.SignalListener;
import org.apache.karaf.shell.api.console.Terminal;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.InfoCmp;

/** A terminal at the other end of a connection: what its user types comes in as bytes, what it shows goes out as bytes. */
final class FrameTerminal extends LineDisciplineTerminal implements Terminal {

    /** What is typed while nobody reads; the library's pipe holds 1,024 bytes, and a write to a full one would wait. */
    private static final int MOST_TYPED_AHEAD = 1_000;

    FrameTerminal(String type, Window window, OutputStream screen) throws IOException {
        super("halcyon", known(type), new BufferedOutputStream(screen), StandardCharsets.UTF_8);
        size.copy(new Size(window.columns(), window.rows()));
    }

    /** The library asks the program infocmp(1) for types that it does not know; most of those are like xterm. */
    private static String known(String type) {
        if (InfoCmp.getDefaultInfoCmp(type) != null) {
            return type;
        }
        return type.isEmpty() || type.equals("unknown") ? "dumb" : "xterm";
    }

    /**
     * Takes in what was typed.
     *
     * @param awaited whether somebody reads lines; otherwise what is too much is lost, as with any terminal, so that an
     *     interrupt behind it is heard
     */
    void type(byte[] bytes, boolean awaited) throws IOException {
        for (byte octet : bytes) {
            boolean interrupts = octet == attributes.getControlChar(ControlChar.VINTR);
            if (awaited || interrupts || slaveInput.available() < MOST_TYPED_AHEAD) {
                processInputByte(octet & 0xff);
            }
        }
    }

    void resize(Window window) {
        setSize(new Size(window.columns(), window.rows()));
        raise(Signal.WINCH);
    }

    @Override
    public int getWidth() {
        return getSize().getColumns();
    }

    @Override
    public int getHeight() {
        return getSize().getRows();
    }

    @Override
    public boolean isAnsiSupported() {
        return !getType().equals("dumb");
    }

    @Override
    public boolean isEchoEnabled() {
        return echo();
    }

    @Override
    public void setEchoEnabled(boolean enabled) {
        echo(enabled);
    }

    // No command of ours or of the distribution listens to signals by this way.

    @Override
    public void addSignalListener(SignalListener listener, org.apache.karaf.shell.api.console.Signal... signals) {}

    @Override
    public void addSignalListener(
            SignalListener listener, EnumSet<org.apache.karaf.shell.api.console.Signal> signals) {}

    @Override
    public void addSignalListener(SignalListener listener) {}

    @Override
    public void removeSignalListener(SignalListener listener) {}
}
