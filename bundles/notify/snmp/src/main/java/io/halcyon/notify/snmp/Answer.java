package io.halcyon.notify.snmp;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.snmp4j.PDU;
import org.snmp4j.Session;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;

/** What a receiver said to one inform. */
final class Answer implements ResponseListener {

    static final String NONE = "no answer; the receiver is not there, or does not take us for who we say we are";

    /** RFC 3414 section 5: a receiver tells by its counters why it took nothing. */
    private static final Map<OID, String> REPORTS = Map.of(
            SnmpConstants.usmStatsWrongDigests, "refused: auth.password or auth.protocol is wrong",
            SnmpConstants.usmStatsUnknownUserNames, "refused: the receiver does not know the user",
            SnmpConstants.usmStatsUnsupportedSecLevels, "refused: the receiver has no such protection for the user",
            SnmpConstants.usmStatsDecryptionErrors, "refused: priv.password or priv.protocol is wrong",
            SnmpConstants.usmStatsNotInTimeWindows, "refused: the receiver's time is another one",
            SnmpConstants.usmStatsUnknownEngineIDs, "refused: the receiver has another engine id now");

    private final CompletableFuture<String> future = new CompletableFuture<>();

    /** Empty if it was taken, otherwise why not. */
    CompletableFuture<String> future() {
        return future;
    }

    @Override
    public <A extends Address> void onResponse(ResponseEvent<A> event) {
        // Otherwise the session would keep the request.
        ((Session) event.getSource()).cancel(event.getRequest(), this);
        future.complete(refusal(event));
    }

    private static String refusal(ResponseEvent<?> event) {
        var response = event.getResponse();
        if (response == null) {
            return event.getError() == null ? NONE : event.getError().toString();
        }
        if (response.getType() == PDU.REPORT) {
            var counter = response.size() == 0 ? new OID() : response.get(0).getOid();
            return REPORTS.getOrDefault(counter, "refused with report " + counter);
        }
        return response.getErrorStatus() == PDU.noError ? "" : "refused: " + response.getErrorStatusText();
    }
}
