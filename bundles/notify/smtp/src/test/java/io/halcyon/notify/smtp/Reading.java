package io.halcyon.notify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Mails as a person reads them. */
final class Reading {

    private Reading() {}

    static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    /** Its text, decoded as the headers say and not by luck. */
    static String text(MimeMessage mail) {
        try {
            if (!mail.getContentType().equalsIgnoreCase("text/plain; charset=UTF-8")) {
                throw new AssertionError(mail.getContentType());
            }
            return new String(mail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
