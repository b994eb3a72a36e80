package io.halcyon.check.heartbeat;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A socket that beats are sent to, open from the first look on. */
final class SocketPulse implements Pulse {

    private final String check;
    private final Path path;
    private final String group;
    private final Mailboxes mailboxes;
    private @Nullable Mailbox mailbox;

    SocketPulse(String check, Path path, String group, Mailboxes mailboxes) {
        this.check = check;
        this.path = path;
        this.group = group;
        this.mailboxes = mailboxes;
    }

    @Override
    public @Nullable Beat last(long nowNanos) throws IOException {
        var open = mailbox;
        if (open == null) {
            open = mailboxes.open(check, path, group);
            mailbox = open;
        }
        return open.last();
    }

    @Override
    public void close() {
        if (mailbox != null) {
            mailboxes.close(path, mailbox);
            mailbox = null;
        }
    }
}
