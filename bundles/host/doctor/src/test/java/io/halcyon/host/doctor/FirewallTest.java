package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.doctor.Finding;
import io.halcyon.api.event.Severity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements are written as {@code nft -j} of nftables 1.0.6 prints them, with apostrophes for quotes. */
class FirewallTest {

    private static final String LIST = "nft -j -t list ruleset";
    private static final String VRRP =
            "{'match':{'op':'==','left':{'payload':{'protocol':'ip','field':'protocol'}},'right':'vrrp'}}";
    private static final String ACCEPT = "{'accept':null}";
    private static final String DROP = "{'drop':null}";

    @TempDir
    private Path root;

    private static String chain(String table, String name, String hook, String policy, String... rules) {
        String base =
                hook.isEmpty() ? "" : ",'type':'filter','hook':'%s','prio':0,'policy':'%s'".formatted(hook, policy);
        return ",{'chain':{'family':'inet','table':'%s','name':'%s','handle':1%s}}".formatted(table, name, base)
                + Arrays.stream(rules)
                        .map(rule -> ",{'rule':{'family':'inet','table':'%s','chain':'%s','handle':7,'expr':[%s]}}"
                                .formatted(table, name, rule))
                        .collect(Collectors.joining());
    }

    private static String input(String policy, String... rules) {
        return chain("filter", "input", "input", policy, rules);
    }

    private static String match(String left, String right) {
        return match("==", left, right);
    }

    private static String match(String operator, String left, String right) {
        return "{'match':{'op':'%s','left':{%s},'right':%s}}".formatted(operator, left, right);
    }

    private Diagnosis judged(String ruleset) {
        Patient patient = new Patient(root).with(Patient.router()).prints(LIST, whole(ruleset));
        return patient.seenBy(new Firewall(patient.tree, patient));
    }

    private static String whole(String ruleset) {
        return ("{'nftables':[{'metainfo':{'version':'1.0.6'}}" + ruleset + "]}").replace('\'', '"');
    }

    @Test
    void withoutRulesAllIsWell() {
        Diagnosis diagnosis = judged("");

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.notExamined()).isEmpty();
        assertThat(diagnosis.examined()).containsExactly("firewall: 0 chains of nftables for VI_1 on ens33: no rules");
    }

    @Test
    void aPolicyThatDropsIsFoundWithItsCure() {
        Finding finding = judged(input("drop")).findings().get(0);

        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.object()).isEqualTo("VI_1 on ens33");
        assertThat(finding.found()).contains("incoming", "policy drop of chain input of table inet filter");
        assertThat(finding.cure())
                .startsWith("nft insert rule inet filter input iifname ens33 ip protocol vrrp accept");
    }

    @Test
    void whatIsSentIsJudgedToo() {
        Finding finding =
                judged(chain("filter", "out", "output", "drop")).findings().get(0);

        assertThat(finding.found()).contains("outgoing");
        assertThat(finding.cure()).contains("oifname ens33");
    }

    @Test
    void aRuleThatDropsIsNamedWithWhatItCounted() {
        String rule = VRRP + ",{'counter':{'packets':12,'bytes':480}}," + DROP;

        assertThat(judged(input("accept", rule)).findings())
                .singleElement()
                .extracting(Finding::found)
                .asString()
                .contains("rule with handle 7 in chain input", "it has counted 12 packets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // what most rulesets accept first
                "{'match':{'op':'in','left':{'ct':{'key':'state'}},'right':['established','related']}},{'accept':null}",
                "{'vmap':{'key':{'ct':{'key':'state'}},'data':{'set':[['invalid',{'drop':null}],['established',{'accept':null}]]}}}",
                "{'match':{'op':'==','left':{'meta':{'key':'iif'}},'right':'lo'}},{'accept':null}",
                "{'match':{'op':'==','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':22}},{'accept':null}",
                "{'match':{'op':'!=','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':22}},{'accept':null}",
                "{'match':{'op':'==','left':{'&':[{'payload':{'protocol':'tcp','field':'flags'}},['fin','syn']]},'right':['fin','syn']}},{'accept':null}",
                "{'match':{'op':'==','left':{'meta':{'key':'l4proto'}},'right':{'set':['icmp','ah']}}},{'accept':null}",
                "{'match':{'op':'==','left':{'meta':{'key':'nfproto'}},'right':'ipv6'}},{'accept':null}",
                "{'match':{'op':'==','left':{'payload':{'protocol':'ip','field':'saddr'}},'right':{'prefix':{'addr':'10.0.0.0','len':8}}}},{'accept':null}",
                "{'match':{'op':'==','left':{'payload':{'protocol':'ip','field':'daddr'}},'right':{'range':['224.0.0.1','224.0.0.17']}}},{'accept':null}",
                "{'match':{'op':'==','left':{'fib':{'result':'type','flags':['daddr']}},'right':'local'}},{'accept':null}",
                "{'match':{'op':'==','left':{'meta':{'key':'oifname'}},'right':'ens33'}},{'accept':null}",
                "{'match':{'op':'<','left':{'payload':{'protocol':'ip','field':'ttl'}},'right':255}},{'accept':null}",
                "{'log':{'prefix':'x'}}",
                "{'return':null}"
            })
    void whatDoesNotAcceptAnAdvertisementDoesNotHelpAgainstThePolicy(String rule) {
        Diagnosis diagnosis = judged(input("drop", rule));

        assertThat(diagnosis.findings()).hasSize(1);
        assertThat(diagnosis.notExamined()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'match':{'op':'==','left':{'payload':{'protocol':'ip','field':'protocol'}},'right':112}},{'accept':null}",
                "{'match':{'op':'==','left':{'meta':{'key':'l4proto'}},'right':{'set':['icmp','vrrp']}}},{'accept':null}",
                "{'match':{'op':'==','left':{'payload':{'protocol':'ip','field':'daddr'}},'right':{'prefix':{'addr':'224.0.0.0','len':4}}}},{'accept':null}",
                "{'match':{'op':'==','left':{'payload':{'protocol':'ip','field':'saddr'}},'right':{'set':['10.0.0.1',{'prefix':{'addr':'192.168.88.0','len':24}}]}}},{'accept':null}",
                "{'match':{'op':'==','left':{'meta':{'key':'pkttype'}},'right':'multicast'}},{'accept':null}",
                "{'match':{'op':'in','left':{'ct':{'key':'state'}},'right':'new'}},{'accept':null}",
                "{'match':{'op':'==','left':{'meta':{'key':'iifname'}},'right':{'set':['eth0','ens*']}}},{'accept':null}",
                "{'match':{'op':'==','left':{'concat':[{'meta':{'key':'iifname'}},{'payload':{'protocol':'ip','field':'protocol'}}]},'right':{'set':[{'concat':['ens33','vrrp']}]}}},{'accept':null}",
                "{'match':{'op':'==','left':{'fib':{'result':'type','flags':['daddr']}},'right':{'set':['local','multicast']}}},{'accept':null}",
                "{'vmap':{'key':{'payload':{'protocol':'ip','field':'protocol'}},'data':{'set':[['tcp',{'drop':null}],['vrrp',{'accept':null}]]}}}",
                "{'jump':{'target':'services'}}",
                "{'goto':{'target':'services'}}"
            })
    void whatAcceptsItInTimeSettlesIt(String rule) {
        String services = chain("filter", "services", "", "", VRRP + "," + ACCEPT);
        Diagnosis diagnosis = judged(input("drop", rule, DROP) + services);

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.notExamined()).isEmpty();
        assertThat(diagnosis.examined()).singleElement().asString().contains("1 chain", "get in and out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'limit':{'rate':5,'per':'second'}},{'accept':null}",
                "{'match':{'op':'==','left':{'meta':{'key':'mark'}},'right':1}},{'accept':null}",
                "{'match':{'op':'==','left':{'&':[{'meta':{'key':'mark'}},1]},'right':1}},{'accept':null}",
                "{'match':{'op':'==','left':{'payload':{'protocol':'th','field':'dport'}},'right':53}},{'accept':null}",
                "{'match':{'op':'==','left':{'payload':{'protocol':'ip','field':'saddr'}},'right':'192.168.88.130'}},{'accept':null}",
                "{'match':{'op':'==','left':{'payload':{'protocol':'ip','field':'saddr'}},'right':'@unknown'}},{'accept':null}",
                "{'xt':{'type':'match','name':'conntrack'}},{'accept':null}",
                "{'xt':null}",
                "{'queue':{'num':1}}"
            })
    void whatCannotBeJudgedIsSaidAndIsNoFinding(String rule) {
        Diagnosis diagnosis = judged(input("drop", rule));

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.notExamined())
                .singleElement()
                .asString()
                .contains("chain input of table inet filter", "a rule that accepts protocol 112 before it settles it");
    }

    @Test
    void aDropOnEveryWayIsCertainWhateverIsUnknown() {
        String now = "{'limit':{'rate':5,'per':'second'}}," + VRRP + "," + DROP;

        assertThat(judged(input("accept", now, VRRP + "," + DROP)).findings()).hasSize(1);
    }

    @Test
    void elementsOfANamedSetAreAskedFor() {
        String rule = match("'payload':{'protocol':'ip','field':'saddr'}", "'@lan'") + "," + ACCEPT;
        Patient patient = new Patient(root)
                .with(Patient.router())
                .prints(LIST, whole(input("drop", rule)))
                .prints(
                        "nft -j list set inet filter lan",
                        whole(
                                ",{'set':{'name':'lan','elem':[{'elem':{'val':{'prefix':{'addr':'192.168.0.0','len':16}}}}]}}"));

        assertThat(patient.seenBy(new Firewall(patient.tree, patient)).findings())
                .isEmpty();
    }

    @Test
    void aKnownMasterIsJudgedByItsAddress() {
        String only = match("!=", "'payload':{'protocol':'ip','field':'saddr'}", "'192.168.88.130'") + "," + DROP;
        Patient.Router backup = new Patient.Router();
        backup.master = "192.168.88.130";
        Patient patient = new Patient(root).with(backup.status()).prints(LIST, whole(input("accept", only)));

        Diagnosis diagnosis = patient.seenBy(new Firewall(patient.tree, patient));

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.notExamined()).isEmpty();
    }

    @Test
    void tablesOfOtherFamiliesAndChainsThatTranslateJudgeNothing() {
        String others = input("drop").replace("'inet'", "'ip6'")
                + input("drop").replace("'inet'", "'arp'")
                + input("drop").replace("'filter','hook'", "'nat','hook'");

        assertThat(judged(others).findings()).isEmpty();
    }

    @Test
    void theCureIsInTheWordsOfWhoeverOwnsTheTable() {
        String firewalld = chain("firewalld", "filter_INPUT", "input", "drop");
        String iptables = chain("filter", "INPUT", "input", "drop").replace("'inet'", "'ip'");

        assertThat(judged(firewalld).findings().get(0).cure()).startsWith("firewall-cmd --permanent");
        assertThat(judged(iptables).findings().get(0).cure())
                .startsWith("iptables -I INPUT -i ens33 -p vrrp -j ACCEPT");
    }

    /** A ruleset of ufw as nftables 1.0.6 prints it, with iptables 1.8.9 installed. */
    @ParameterizedTest
    @CsvSource({"true, 1, 0", "false, 0, 1"})
    void matchesOfIptablesAreReadWhereTheyAreSpelledOut(boolean spelled, int findings, int notExamined) {
        String count = "{'counter':{'packets':0,'bytes':0}}";
        String rules = chain("filter", "INPUT", "input", "drop", "{'jump':{'target':'ufw-before-input'}}")
                + chain(
                        "filter",
                        "ufw-before-input",
                        "",
                        "",
                        "{'xt':{'type':'match','name':'conntrack'}}," + count + "," + ACCEPT,
                        "{'xt':{'type':'match','name':'multiport'}},{'xt':{'type':'match','name':'comment'}},"
                                + ACCEPT);
        Patient patient = new Patient(root)
                .with(Patient.router())
                .prints(LIST, whole(rules))
                .prints(
                        "nft -a list chain inet filter ufw-before-input",
                        "\t\t%s counter packets 0 bytes 0 accept # handle 7\n"
                                .formatted(spelled ? "ct state related,established" : ""));

        Diagnosis diagnosis = patient.seenBy(new Firewall(patient.tree, patient));

        assertThat(diagnosis.findings()).hasSize(findings).allMatch(finding -> finding.cure()
                .endsWith("-A ufw-before-input -p vrrp -j ACCEPT in /etc/ufw/before.rules)"));
        assertThat(diagnosis.notExamined()).hasSize(notExamined);
    }

    /** What firewalld 1.3 makes of a zone without services. */
    @Test
    void rulesOfFirewalldAreUnderstood() {
        String zone = chain(
                "firewalld",
                "filter_IN_public",
                "",
                "",
                match("'meta':{'key':'l4proto'}", "{'set':['icmp','ipv6-icmp']}") + "," + ACCEPT,
                "{'reject':{'type':'icmpx','expr':'admin-prohibited'}}");
        String input = chain(
                "firewalld",
                "filter_INPUT",
                "input",
                "accept",
                match("'ct':{'key':'state'}", "{'set':['established','related']}") + "," + ACCEPT,
                match("in", "'ct':{'key':'status'}", "'dnat'") + "," + ACCEPT,
                match("'meta':{'key':'iifname'}", "'lo'") + "," + ACCEPT,
                match("in", "'ct':{'key':'state'}", "'invalid'") + "," + DROP,
                match("'meta':{'key':'iifname'}", "'ens33'") + ",{'goto':{'target':'filter_IN_public'}}");

        assertThat(judged(input + zone).findings())
                .singleElement()
                .extracting(Finding::cure)
                .asString()
                .startsWith(
                        "firewall-cmd --permanent --add-rich-rule='rule protocol value=\"vrrp\" accept' && firewall-cmd --reload (");
    }

    @Test
    void pcapPassesEveryRule() {
        Patient.Router router = new Patient.Router();
        router.transport = "pcap";
        Patient patient = new Patient(root).with(router.status()).prints(LIST, whole(input("drop")));

        assertThat(patient.seenBy(new Firewall(patient.tree, patient)).findings())
                .isEmpty();
    }

    @Test
    void withoutNftItIsSaidThatNothingWasExamined() {
        Patient patient = new Patient(root).with(Patient.router()).file("/proc/net/ip_tables_names", "filter");

        assertThat(patient.seenBy(new Firewall(patient.tree, patient)).notExamined())
                .hasSize(2)
                .anyMatch(line -> line.equals("firewall: nft is not installed"))
                .anyMatch(line -> line.contains("old iptables (tables filter)"));
    }
}
