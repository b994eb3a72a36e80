package io.halcyon.itests.lab;

import com.sun.jna.Memory;

/** Classic BPF: the kernel passes on only what somebody wants to know. */
final class Filter {

    private static final short LOAD_WORD = 0x20;
    private static final short LOAD_HALF = 0x28;
    private static final short LOAD_BYTE = 0x30;
    private static final short JUMP_EQUAL = 0x15;
    private static final short RETURN = 0x06;
    private static final int PACKET_TYPE = 0xfffff004; // SKF_AD_OFF + SKF_AD_PKTTYPE
    private static final int INTERFACE_INDEX = 0xfffff008; // SKF_AD_OFF + SKF_AD_IFINDEX
    private static final int PACKET_OUTGOING = 4;

    private record Step(short code, int ifTrue, int ifFalse, int value) {}

    // struct rtmsg behind a netlink header
    private static final int ROUTE_TABLE = 20;
    private static final int ROUTE_TYPE = 23;
    private static final int MAIN = 254;
    private static final int LOCAL = 2;

    /** What enters a port of the bridge, and of that only VRRP, ARP, ICMP and neighbour advertisements. */
    private static Step[] entering(int bridgeIndex) {
        return new Step[] {
            new Step(LOAD_WORD, 0, 0, PACKET_TYPE),
            new Step(JUMP_EQUAL, 12, 0, PACKET_OUTGOING),
            new Step(LOAD_WORD, 0, 0, INTERFACE_INDEX),
            new Step(JUMP_EQUAL, 10, 0, bridgeIndex), // what has entered a port already
            new Step(LOAD_HALF, 0, 0, 12),
            new Step(JUMP_EQUAL, 7, 0, 0x0806),
            new Step(JUMP_EQUAL, 4, 0, 0x86dd),
            new Step(JUMP_EQUAL, 0, 6, 0x0800),
            new Step(LOAD_BYTE, 0, 0, 23),
            new Step(JUMP_EQUAL, 3, 0, 112),
            new Step(JUMP_EQUAL, 2, 3, 1),
            new Step(LOAD_BYTE, 0, 0, 54), // type of an ICMPv6 message
            new Step(JUMP_EQUAL, 0, 1, 136),
            new Step(RETURN, 0, 0, 0xffff),
            new Step(RETURN, 0, 0, 0),
        };
    }

    /** Of messages about routes only those about local ones in the main table. */
    private static Step[] localRoutes() {
        return new Step[] {
            new Step(LOAD_BYTE, 0, 0, ROUTE_TABLE),
            new Step(JUMP_EQUAL, 0, 3, MAIN),
            new Step(LOAD_BYTE, 0, 0, ROUTE_TYPE),
            new Step(JUMP_EQUAL, 0, 1, LOCAL),
            new Step(RETURN, 0, 0, 0xffff),
            new Step(RETURN, 0, 0, 0),
        };
    }

    private Filter() {}

    static void onlyEntering(Fd socket, int bridgeIndex) {
        attach(socket, entering(bridgeIndex));
    }

    static void onlyLocalRoutes(Fd socket) {
        attach(socket, localRoutes());
    }

    private static void attach(Fd socket, Step[] all) {
        try (var steps = new Memory(8L * all.length);
                var program = new Memory(16)) {
            for (int i = 0; i < all.length; i++) {
                var step = all[i];
                steps.setShort(8L * i, step.code());
                steps.setByte(8L * i + 2, (byte) step.ifTrue());
                steps.setByte(8L * i + 3, (byte) step.ifFalse());
                steps.setInt(8L * i + 4, step.value());
            }
            program.clear();
            program.setShort(0, (short) all.length);
            program.setPointer(8, steps);
            Libc.setsockopt(socket.number(), Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, program, 16);
        }
    }
}
