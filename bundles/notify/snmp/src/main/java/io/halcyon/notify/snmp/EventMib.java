package io.halcyon.notify.snmp;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import java.util.List;
import java.util.stream.Collectors;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * Every event, whatever it is about, under an OID of the operator's own: {@code .0.1} is the notification, {@code .1.n.0} what
 * it carries.
 *
 * @param oid the operator's
 */
record EventMib(String oid) {

    Notification of(EventRecord happened) {
        return Notification.named(oid + ".0.1").withAll(bindings(happened));
    }

    List<VariableBinding> bindings(EventRecord happened) {
        var event = happened.event();
        return List.of(
                binding(1, new Counter64(happened.id())),
                binding(2, Texts.octets(happened.at().toString())),
                binding(3, Texts.octets(happened.node())),
                binding(4, Texts.octets(event.kind().word())),
                binding(5, Texts.octets(event.object())),
                binding(6, new Integer32(number(event.severity()))),
                binding(7, Texts.octets(event.text())),
                binding(8, Texts.octets(causes(happened))),
                binding(9, Texts.octets(details(event))));
    }

    private VariableBinding binding(int number, Variable value) {
        return new VariableBinding(new OID(oid + ".1." + number + ".0"), value);
    }

    private static int number(Severity severity) {
        return switch (severity) {
            case INFO -> 0;
            case WARNING -> 1;
            case CRITICAL -> 2;
        };
    }

    private static String causes(EventRecord happened) {
        return happened.causes().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String details(Event event) {
        if (event instanceof Event.RouterTransition router) {
            return "priority " + router.priority() + ", addresses " + String.join(" ", router.addresses());
        }
        if (event instanceof Event.RealServerChange server) {
            return "virtual server " + server.virtualServer() + ", weight " + server.weight();
        }
        if (event instanceof Event.VirtualServerChange server) {
            return server.virtualServer() + ", weight " + server.weight() + ", quorum " + server.quorum();
        }
        return "";
    }
}
