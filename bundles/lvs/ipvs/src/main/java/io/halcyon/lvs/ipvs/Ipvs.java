package io.halcyon.lvs.ipvs;

/** Numbers of {@code linux/ip_vs.h} that we use. */
final class Ipvs {

    static final String FAMILY = "IPVS";
    static final int VERSION = 1;

    static final int NEW_SERVICE = 1;
    static final int SET_SERVICE = 2;
    static final int DEL_SERVICE = 3;
    static final int GET_SERVICE = 4;
    static final int NEW_DEST = 5;
    static final int SET_DEST = 6;
    static final int DEL_DEST = 7;
    static final int GET_DEST = 8;
    static final int NEW_DAEMON = 9;
    static final int DEL_DAEMON = 10;
    static final int GET_DAEMON = 11;
    static final int SET_CONFIG = 12;
    static final int GET_CONFIG = 13;

    static final int ATTR_SERVICE = 1;
    static final int ATTR_DEST = 2;
    static final int ATTR_DAEMON = 3;
    static final int ATTR_TIMEOUT_TCP = 4;
    static final int ATTR_TIMEOUT_TCP_FIN = 5;
    static final int ATTR_TIMEOUT_UDP = 6;

    static final int SVC_AF = 1;
    static final int SVC_PROTOCOL = 2;
    static final int SVC_ADDR = 3;
    static final int SVC_PORT = 4;
    static final int SVC_FWMARK = 5;
    static final int SVC_SCHED_NAME = 6;
    static final int SVC_FLAGS = 7;
    static final int SVC_TIMEOUT = 8;
    static final int SVC_NETMASK = 9;
    static final int SVC_STATS = 10;
    static final int SVC_PE_NAME = 11;
    static final int SVC_STATS64 = 12;

    static final int SVC_F_PERSISTENT = 0x1;
    static final int SVC_F_HASHED = 0x2;
    static final int SVC_F_ONEPACKET = 0x4;
    static final int SVC_F_SCHED1 = 0x8;
    static final int SVC_F_SCHED2 = 0x10;
    static final int SVC_F_SCHED3 = 0x20;

    static final int DEST_ADDR = 1;
    static final int DEST_PORT = 2;
    static final int DEST_FWD_METHOD = 3;
    static final int DEST_WEIGHT = 4;
    static final int DEST_U_THRESH = 5;
    static final int DEST_L_THRESH = 6;
    static final int DEST_ACTIVE_CONNS = 7;
    static final int DEST_INACT_CONNS = 8;
    static final int DEST_STATS = 10;
    static final int DEST_ADDR_FAMILY = 11;
    static final int DEST_STATS64 = 12;
    static final int DEST_TUN_TYPE = 13;
    static final int DEST_TUN_PORT = 14;
    static final int DEST_TUN_FLAGS = 15;

    static final int FWD_MASK = 0x7;
    static final int FWD_MASQ = 0;
    /** What the kernel may make of any method when the destination is this host. */
    static final int FWD_LOCALNODE = 1;

    static final int FWD_TUNNEL = 2;
    static final int FWD_DROUTE = 3;

    static final int TUNNEL_IPIP = 0;
    static final int TUNNEL_GUE = 1;
    static final int TUNNEL_GRE = 2;

    static final int ENCAP_NOCSUM = 0;
    static final int ENCAP_CSUM = 1;
    static final int ENCAP_REMCSUM = 2;

    static final int DAEMON_STATE = 1;
    static final int DAEMON_MCAST_IFN = 2;
    static final int DAEMON_SYNC_ID = 3;
    static final int DAEMON_SYNC_MAXLEN = 4;
    static final int DAEMON_MCAST_GROUP = 5;
    static final int DAEMON_MCAST_GROUP6 = 6;
    static final int DAEMON_MCAST_PORT = 7;
    static final int DAEMON_MCAST_TTL = 8;

    /** What the kernel takes where nothing is said. */
    static final int SYNC_PORT = 8848;

    static final int SYNC_TTL = 1;

    static final int STATE_MASTER = 1;
    static final int STATE_BACKUP = 2;

    static final int STATS_CONNS = 1;
    static final int STATS_INPKTS = 2;
    static final int STATS_OUTPKTS = 3;
    static final int STATS_INBYTES = 4;
    static final int STATS_OUTBYTES = 5;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private Ipvs() {}
}
