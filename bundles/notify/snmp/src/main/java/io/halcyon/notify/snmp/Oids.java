package io.halcyon.notify.snmp;

/** Names of notifications and of what they carry, from KEEPALIVED-MIB, RFC 2787 and RFC 6527. Columns have no index, as there. */
final class Oids {

    static final String KEEPALIVED = "1.3.6.1.4.1.9586.100.5";
    static final String ROUTER_ID = KEEPALIVED + ".1.2.0";

    static final String GROUP_STATE_CHANGE = KEEPALIVED + ".2.10.0.1";
    static final String GROUP_NAME = KEEPALIVED + ".2.1.1.2";
    static final String GROUP_STATE = KEEPALIVED + ".2.1.1.3";

    static final String INSTANCE_STATE_CHANGE = KEEPALIVED + ".2.10.0.2";
    static final String INSTANCE_NAME = KEEPALIVED + ".2.3.1.2";
    static final String INSTANCE_STATE = KEEPALIVED + ".2.3.1.4";
    static final String INSTANCE_INITIAL_STATE = KEEPALIVED + ".2.3.1.5";

    static final String REAL_SERVER_STATE_CHANGE = KEEPALIVED + ".3.5.0.1";
    static final String REAL_SERVER = KEEPALIVED + ".3.4.1";
    static final String QUORUM_STATE_CHANGE = KEEPALIVED + ".3.5.0.2";
    static final String VIRTUAL_SERVER = KEEPALIVED + ".3.3.1";

    /** RFC 2787: vrrpTrapNewMaster and vrrpOperMasterIpAddr. */
    static final String V2_NEW_MASTER = "1.3.6.1.2.1.68.0.1";

    static final String V2_MASTER_ADDRESS = "1.3.6.1.2.1.68.1.3.1.7";

    /** RFC 6527: vrrpv3NewMaster, vrrpv3OperationsMasterIpAddr and vrrpv3StatisticsNewMasterReason. */
    static final String V3_NEW_MASTER = "1.3.6.1.2.1.207.0.1";

    static final String V3_MASTER_ADDRESS = "1.3.6.1.2.1.207.1.1.1.1.3";
    static final String V3_NEW_MASTER_REASON = "1.3.6.1.2.1.207.1.2.5.1.2";

    private Oids() {}
}
