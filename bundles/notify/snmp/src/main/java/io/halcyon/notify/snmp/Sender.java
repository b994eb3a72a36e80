package io.halcyon.notify.snmp;

import io.halcyon.spi.notify.DeliveryException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.snmp4j.PDU;
import org.snmp4j.SNMP4JSettings;
import org.snmp4j.Snmp;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;

/** Sends notifications to one receiver, each from a socket of its own that is closed afterwards. One thread owns it. */
final class Sender {

    static {
        // A receiver cannot sign that our password is wrong. Believing it costs another try, which comes anyway.
        SNMP4JSettings.setReportSecurityLevelStrategy(SNMP4JSettings.ReportSecurityLevelStrategy.noAuthNoPrivIfNeeded);
    }

    private final SnmpSettings settings;
    private final LocalEngine engine;

    Sender(SnmpSettings settings, LocalEngine engine) {
        this.settings = settings;
        this.engine = engine;
    }

    void send(Notification notification, String node) throws DeliveryException, InterruptedException {
        try {
            var receiver = new UdpAddress(InetAddress.getByName(settings.server()), settings.port());
            var speaker = Speaker.of(settings, engine, engineId(node));
            var session = new Snmp(speaker.dispatcher(), new ReceiversAnswers(ownAddress(receiver), receiver));
            try {
                session.listen();
                transmit(session, speaker, receiver, pdu(speaker, notification));
            } finally {
                session.close();
            }
        } catch (UnknownHostException e) {
            throw failure("the name is not known");
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.toString());
            }
            throw failure(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void transmit(Snmp session, Speaker speaker, UdpAddress receiver, PDU pdu)
            throws IOException, DeliveryException, InterruptedException {
        var target = speaker.target(receiver);
        if (!settings.inform()) {
            session.notify(pdu, target);
            return;
        }
        var patience = settings.patience();
        target.setTimeout(patience.timeoutMillis());
        target.setRetries(patience.retries());
        var answer = new Answer();
        session.send(pdu, target, null, answer);
        try {
            // The library has its own timer; this is for the case that it does not keep to it.
            var refusal = answer.future().get(patience.totalMillis() + 1_000, TimeUnit.MILLISECONDS);
            if (!refusal.isEmpty()) {
                throw failure(refusal);
            }
        } catch (TimeoutException e) {
            throw failure(Answer.NONE);
        } catch (ExecutionException e) {
            throw failure(String.valueOf(e.getCause()));
        }
    }

    /** RFC 3416 section 4.2.6: sysUpTime.0 and snmpTrapOID.0 come first. */
    private PDU pdu(Speaker speaker, Notification notification) {
        var pdu = speaker.pdu();
        pdu.setType(settings.inform() ? PDU.INFORM : PDU.NOTIFICATION);
        pdu.add(new VariableBinding(SnmpConstants.sysUpTime, new TimeTicks(engine.uptimeHundredths() & 0xFFFF_FFFFL)));
        pdu.add(new VariableBinding(SnmpConstants.snmpTrapOID, notification.name()));
        notification.bindings().forEach(pdu::add);
        return pdu;
    }

    private OctetString engineId(String node) {
        var given = settings.engineId();
        return new OctetString(
                given.isEmpty() ? LocalEngine.id(node) : HexFormat.of().parseHex(given));
    }

    /** From which of our addresses the receiver is reached; nothing is sent. */
    private static InetAddress ownAddress(UdpAddress receiver) throws IOException {
        try (var probe = new DatagramSocket()) {
            probe.connect(new InetSocketAddress(receiver.getInetAddress(), receiver.getPort()));
            return probe.getLocalAddress();
        }
    }

    /** Nothing that a receiver says is about one event only: once it is put right, what waited goes out. */
    private DeliveryException failure(@Nullable String words) {
        var said = String.valueOf(words).strip().replaceAll("\\s+", " ");
        var text = settings.place() + ": " + settings.access().censor(said);
        return new DeliveryException(text, null, true);
    }
}
