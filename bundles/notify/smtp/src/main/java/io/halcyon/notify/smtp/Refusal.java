package io.halcyon.notify.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a server meant by not taking a mail.
 *
 * @param temporary whether it may take it later
 * @param remaining who should still get it, empty for all as before
 * @param refused who never will
 * @param words what was said about these, one line each
 */
record Refusal(boolean temporary, List<Address> remaining, List<Address> refused, List<String> words) {

    private static final int PERMANENT = 500;
    private static final int FAILURE = 400;

    static Refusal of(SendFailedException e) {
        var remaining = addresses(e.getValidUnsentAddresses());
        var refused = addresses(e.getInvalidAddresses());
        return new Refusal(temporary(e, remaining), remaining, refused, aboutRecipients(e));
    }

    private static boolean temporary(SendFailedException e, List<Address> remaining) {
        int reply = reply(e);
        if (reply >= FAILURE) {
            // RFC 5321 section 4.2.1: 4yz transient negative, 5yz permanent negative completion; to MAIL or DATA, so
            // for all.
            return reply < PERMANENT;
        }
        boolean recipientsDecide = e.getInvalidAddresses() != null;
        // Otherwise the connection broke between commands.
        return !recipientsDecide || !remaining.isEmpty();
    }

    /** Everything that was said, in one line, each answer with the recipient it was about. */
    static String words(Exception e) {
        var said = new LinkedHashSet<String>();
        for (var link : chain(e)) {
            if (!(link instanceof SendFailedException wrapper) || reply(wrapper) >= FAILURE) {
                said.add(sentence(link));
            }
        }
        return said.isEmpty() ? sentence(e) : String.join("; ", said);
    }

    private static List<String> aboutRecipients(Exception e) {
        return chain(e).stream()
                .filter(link ->
                        link instanceof SMTPAddressFailedException failed && failed.getReturnCode() >= PERMANENT)
                .map(Refusal::sentence)
                .toList();
    }

    private static List<Throwable> chain(Exception e) {
        var links = new ArrayList<Throwable>();
        @Nullable Throwable next = e;
        while (next != null) {
            links.add(next);
            next = next instanceof MessagingException chained ? chained.getNextException() : next.getCause();
        }
        return links;
    }

    private static String sentence(Throwable e) {
        var message = e.getMessage() == null ? e.toString() : e.getMessage();
        var text = message.strip().replaceAll("\\s+", " ");
        return e instanceof SMTPAddressFailedException address ? address.getAddress() + ": " + text : text;
    }

    private static int reply(SendFailedException e) {
        if (e instanceof SMTPSendFailedException command) {
            return command.getReturnCode();
        }
        return e instanceof SMTPAddressFailedException address ? address.getReturnCode() : -1;
    }

    private static List<Address> addresses(Address @Nullable [] addresses) {
        return addresses == null ? List.of() : List.of(addresses);
    }
}
