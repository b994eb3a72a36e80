package io.halcyon.notify.snmp;

import java.util.ArrayList;
import java.util.List;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * A notification, of which the time and its own name are still to be put in front.
 *
 * @param name value of snmpTrapOID.0
 * @param bindings what it carries, in order
 */
record Notification(OID name, List<VariableBinding> bindings) {

    static Notification named(String oid) {
        return new Notification(new OID(oid), List.of());
    }

    Notification with(String oid, Variable value) {
        var more = new ArrayList<>(bindings);
        more.add(new VariableBinding(new OID(oid), value));
        return new Notification(name, more);
    }

    Notification with(String oid, String text) {
        return with(oid, Texts.octets(text));
    }

    Notification with(String oid, int number) {
        return with(oid, new Integer32(number));
    }

    Notification unsigned(String oid, long number) {
        return with(oid, new UnsignedInteger32(number));
    }

    Notification bytes(String oid, byte[] bytes) {
        return with(oid, new OctetString(bytes));
    }

    Notification withAll(List<VariableBinding> others) {
        var more = new ArrayList<>(bindings);
        more.addAll(others);
        return new Notification(name, more);
    }
}
