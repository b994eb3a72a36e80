package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.net.AddressText;
import io.halcyon.api.notify.NotifierDefinitions;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** Says which key of a virtual server's file is to blame for a definition that somebody objects to. */
final class Objections {

    private final ConfigText text;
    private final Judges judges;

    Objections(ConfigText text, Judges judges) {
        this.text = text;
        this.judges = judges;
    }

    void require(ServerSettings settings) throws Refusal {
        requireNotifier(Definitions.ofQuorum(settings), "");
        for (RealServer server : settings.realServers()) {
            String key = LvsKeys.REAL_SERVER + "." + server.name();
            InetAddress address = server.address();
            String host = address == null ? server.host() : AddressText.of(address);
            for (CheckTemplate check : server.checks()) {
                requireCheck(check, check.definition(host, !server.alpha()), key);
            }
            // Of a host name nobody knows yet what events will call it.
            InetAddress named = address == null ? InetAddress.getLoopbackAddress() : address;
            String label = settings.eventLabel(
                    named, server.portFor(settings.services().get(0)));
            requireNotifier(Definitions.ofRealServer(settings, server, "", label), key + ".");
        }
    }

    private void requireCheck(CheckTemplate check, Map<String, String> keys, String realServer) throws Refusal {
        Optional<CheckDefinitions.Objection> objection = judges.check(keys);
        if (objection.isPresent()) {
            String key = check.origin(objection.get().key(), realServer);
            throw text.refuse(key, objection.get().allowed(), objection.get().suggestion());
        }
    }

    private void requireNotifier(Map<String, Map<String, String>> notifiers, String start) throws Refusal {
        for (Map<String, String> keys : notifiers.values()) {
            Optional<NotifierDefinitions.Objection> objection = judges.notifier(keys);
            if (objection.isPresent()) {
                String key = start + objection.get().key();
                throw text.refuse(
                        key, objection.get().allowed(), objection.get().suggestion());
            }
        }
    }
}
