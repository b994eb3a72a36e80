package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.host.doctor.Passage.Fate;
import io.halcyon.host.doctor.Ruleset.Chain;
import io.halcyon.host.doctor.Ruleset.Rule;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether rules of nftables (iptables-nft included) drop advertisements. Only what is certain is a finding: a packet that no way
 * through the rules lets pass.
 */
final class Firewall implements Examination {

    private static final List<String> IN = List.of("prerouting", "input");
    private static final List<String> OUT = List.of("output", "postrouting");
    private static final String LEGACY_TABLES = "/proc/net/ip_tables_names";

    private final Tree tree;
    private final Commands commands;

    Firewall(Tree tree, Commands commands) {
        this.tree = tree;
        this.commands = commands;
    }

    @Override
    public String subject() {
        return "firewall";
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        String legacy = legacy(sheet);
        Ruleset ruleset = Ruleset.read(commands);
        NetworkInterfaces interfaces = NetworkInterfaces.read(commands);
        Set<String> judged = new LinkedHashSet<>();
        for (RouterStatus router : situation.routers()) {
            if (router.transport().equals("pcap")) {
                sheet.examined("firewall: " + router.name() + " uses pcap, which no rule stops");
            } else if (judged.add(router.networkInterface())) {
                judge(router, situation.namesOn(router.networkInterface()), legacy, ruleset, interfaces, sheet);
            }
        }
    }

    /** nft does not show them. Returns what is to be added where nft's are told of. */
    private String legacy(Sheet sheet) {
        try {
            String names = tree.text(LEGACY_TABLES).orElse("").replace("\n", ", ");
            if (!names.isEmpty()) {
                sheet.notExamined("firewall: rules of the old iptables (tables " + names
                        + "), which nft does not show; look with iptables-legacy-save");
            }
            return "";
        } catch (IOException e) {
            return " (whether the old iptables has rules, too, only root can tell)";
        }
    }

    private void judge(
            RouterStatus router,
            String names,
            String legacy,
            Ruleset ruleset,
            NetworkInterfaces interfaces,
            Sheet sheet) {
        String networkInterface = router.networkInterface();
        String own = router.source() == null ? "" : router.source();
        AddressRange source = own.isEmpty() ? AddressRange.ALL : AddressRange.of(own);
        AddressRange peers = router.master() == null
                ? interfaces.subnet(networkInterface, own).orElse(AddressRange.ALL)
                : AddressRange.of(router.master());
        int before = sheet.findings().size();
        int chains = judge(new Advert(true, networkInterface, peers), IN, names, ruleset, sheet)
                + judge(new Advert(false, networkInterface, source), OUT, names, ruleset, sheet);
        String outcome = sheet.findings().size() > before ? "what is found above" : "advertisements get in and out";
        sheet.examined("firewall: " + chains + (chains == 1 ? " chain" : " chains") + " of nftables for " + names + ": "
                + (chains == 0 ? "no rules" : outcome) + legacy);
    }

    private static int judge(Advert advert, List<String> hooks, String names, Ruleset ruleset, Sheet sheet) {
        int chains = 0;
        for (String hook : hooks) {
            for (Chain chain : ruleset.atHook(hook)) {
                chains++;
                Passage passage = new Passage(ruleset, advert);
                Set<Fate> fates = passage.through(chain);
                if (fates.equals(EnumSet.of(Fate.DROP))) {
                    dropped(advert, chain, passage.culprit(), names, ruleset, sheet);
                    return chains;
                }
                if (fates.contains(Fate.DROP)) {
                    sheet.notExamined("firewall: whether " + chain + " lets advertisements of " + names
                            + (advert.incoming() ? " in" : " out") + " depends on what cannot be judged here ("
                            + passage.doubt() + "); a rule that accepts protocol 112 before it settles it");
                }
            }
        }
        return chains;
    }

    private static void dropped(
            Advert advert, Chain chain, @Nullable Rule rule, String names, Ruleset ruleset, Sheet sheet) {
        String counted = rule == null || rule.packets() < 0 ? "" : "; it has counted " + rule.packets() + " packets";
        sheet.found(
                Severity.CRITICAL,
                names,
                (advert.incoming() ? "incoming" : "outgoing")
                        + " advertisements (protocol 112 to 224.0.0.18) are dropped by "
                        + (rule == null ? "policy drop of " + chain : "the " + rule) + counted,
                advert.incoming()
                        ? "this host hears no other router, so it becomes master beside the one there is"
                        : "no other host hears this one, so another becomes master beside it",
                cure(advert, chain, ruleset));
    }

    /** In the words of whoever owns the table. */
    private static String cure(Advert advert, Chain chain, Ruleset ruleset) {
        String networkInterface = advert.networkInterface();
        if (chain.table().equals("firewalld")) {
            return "firewall-cmd --permanent --add-rich-rule='rule protocol value=\"vrrp\" accept' && firewall-cmd --reload (with --zone=ZONE if "
                    + networkInterface + " is in another than the default one)";
        }
        String direction = advert.incoming() ? "-i " : "-o ";
        if (chain.name().equals("INPUT") || chain.name().equals("OUTPUT")) {
            String way = advert.incoming() ? "input" : "output";
            return "iptables -I " + chain.name() + " " + direction + networkInterface
                    + " -p vrrp -j ACCEPT (to keep it: "
                    + (ruleset.beside(chain, "ufw-before-" + way).isPresent()
                            ? "-A ufw-before-" + way + " -p vrrp -j ACCEPT in /etc/ufw/before.rules"
                            : "netfilter-persistent save")
                    + ")";
        }
        return "nft insert rule " + chain.key() + " " + (advert.incoming() ? "iifname " : "oifname ") + networkInterface
                + " ip protocol vrrp accept (to keep it: the same rule in /etc/nftables.conf)";
    }
}
