package io.halcyon.notify.smtp;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A letter as text and as HTML, of which a reader shows the one it likes better. */
final class TwoForms extends MimeMultipart {

    TwoForms(Letter letter) throws MessagingException {
        super("alternative");
        var plain = PlainForm.of(letter);
        var page = HtmlForm.of(letter);
        // The library's own boundary is another one each time. Made of the contents, it cannot be in them.
        var boundary = UUID.nameUUIDFromBytes((letter.id() + plain + page).getBytes(StandardCharsets.UTF_8));
        contentType = "multipart/alternative; boundary=\"halcyon-" + boundary + "\"";
        addBodyPart(part(EventMessage.text("plain", plain)));
        addBodyPart(part(EventMessage.text("html", page)));
    }

    /** Writes itself: the library would look for something that can. */
    DataHandler handler() {
        return new DataHandler(this, contentType) {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                try {
                    TwoForms.this.writeTo(out);
                } catch (MessagingException e) {
                    throw new IOException(e.toString(), e);
                }
            }
        };
    }

    private static MimeBodyPart part(DataHandler contents) throws MessagingException {
        var part = new MimeBodyPart();
        part.setDataHandler(contents);
        return part;
    }
}
