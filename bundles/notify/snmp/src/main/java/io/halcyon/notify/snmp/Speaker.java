package io.halcyon.notify.snmp;

import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcher;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.AuthenticationProtocol;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivacyProtocol;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.util.DefaultPDUFactory;

/**
 * One version of the protocol, with what shows a receiver who we are. Keeps everything to itself that the library would keep
 * for the whole JVM.
 */
interface Speaker {

    static Speaker of(SnmpSettings settings, LocalEngine engine, OctetString engineId) {
        if (settings.access() instanceof SnmpSettings.Access.User user) {
            return new Version3(user, engine, engineId, settings.inform());
        }
        return new Version2((SnmpSettings.Access.Community) settings.access());
    }

    MessageDispatcher dispatcher();

    PDU pdu();

    Target<UdpAddress> target(UdpAddress receiver);

    /** With a community. */
    record Version2(SnmpSettings.Access.Community community) implements Speaker {

        @Override
        public MessageDispatcher dispatcher() {
            var dispatcher = new MessageDispatcherImpl();
            dispatcher.addMessageProcessingModel(new MPv2c());
            return dispatcher;
        }

        @Override
        public PDU pdu() {
            return new PDU();
        }

        @Override
        public Target<UdpAddress> target(UdpAddress receiver) {
            var target = new CommunityTarget<>(receiver, Speaker.utf8(community.name()));
            target.setVersion(SnmpConstants.version2c);
            return target;
        }
    }

    /** With a user. Of a trap we are the authority, of an inform the receiver is, whose id is asked for. */
    record Version3(SnmpSettings.Access.User user, LocalEngine engine, OctetString engineId, boolean inform)
            implements Speaker {

        @Override
        public MessageDispatcher dispatcher() {
            var protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.none);
            var authentication = authentication(user.authentication());
            var privacy = privacy(user.privacy());
            protocols.addAuthenticationProtocol(authentication);
            protocols.addPrivacyProtocol(privacy);
            var counters = new CounterSupport();
            var usm = new USM(protocols, engineId, engine.boots(), counters);
            usm.setLocalEngine(engineId, engine.boots(), engine.uptimeSeconds());
            boolean encrypts = !user.privacyPassword().isEmpty();
            usm.addUser(new UsmUser(
                    Speaker.utf8(user.name()),
                    authentication.getID(),
                    Speaker.utf8(user.authenticationPassword()),
                    encrypts ? privacy.getID() : null,
                    encrypts ? Speaker.utf8(user.privacyPassword()) : null));
            var models = SecurityModels.getCollection(new SecurityModel[] {usm});
            var dispatcher = new MessageDispatcherImpl();
            dispatcher.addMessageProcessingModel(
                    new MPv3(engineId.getValue(), new DefaultPDUFactory(), protocols, models, counters));
            return dispatcher;
        }

        @Override
        public PDU pdu() {
            var pdu = new ScopedPDU();
            pdu.setContextEngineID(engineId);
            return pdu;
        }

        @Override
        public Target<UdpAddress> target(UdpAddress receiver) {
            int level = user.privacyPassword().isEmpty() ? SecurityLevel.AUTH_NOPRIV : SecurityLevel.AUTH_PRIV;
            var authority = inform ? new byte[0] : engineId.getValue();
            var target = new UserTarget<>(receiver, Speaker.utf8(user.name()), authority, level);
            target.setVersion(SnmpConstants.version3);
            return target;
        }

        private static AuthenticationProtocol authentication(String name) {
            return switch (name) {
                case "SHA" -> new AuthSHA();
                case "SHA224" -> new AuthHMAC128SHA224();
                case "SHA384" -> new AuthHMAC256SHA384();
                case "SHA512" -> new AuthHMAC384SHA512();
                case "MD5" -> new AuthMD5();
                default -> new AuthHMAC192SHA256();
            };
        }

        private static PrivacyProtocol privacy(String name) {
            return name.equals("AES256") ? new PrivAES256() : new PrivAES128();
        }
    }

    private static OctetString utf8(String text) {
        return new OctetString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
