package lychgate.telnet;

import java.util.Map;

/** The names of telnet's numbers, for people. */
public final class TelnetNames {
    private static final Map<Integer, String> COMMANDS =
            Map.ofEntries(
                    Map.entry(236, "EOF"),
                    Map.entry(237, "SUSP"),
                    Map.entry(238, "ABORT"),
                    Map.entry(Telnet.EOR, "EOR"),
                    Map.entry(Telnet.SE, "SE"),
                    Map.entry(Telnet.NOP, "NOP"),
                    Map.entry(242, "DM"),
                    Map.entry(243, "BRK"),
                    Map.entry(Telnet.IP, "IP"),
                    Map.entry(245, "AO"),
                    Map.entry(Telnet.AYT, "AYT"),
                    Map.entry(Telnet.EC, "EC"),
                    Map.entry(Telnet.EL, "EL"),
                    Map.entry(Telnet.GA, "GA"),
                    Map.entry(Telnet.SB, "SB"),
                    Map.entry(Telnet.WILL, "WILL"),
                    Map.entry(Telnet.WONT, "WONT"),
                    Map.entry(Telnet.DO, "DO"),
                    Map.entry(Telnet.DONT, "DONT"));

    private static final Map<Integer, String> OPTIONS =
            Map.ofEntries(
                    Map.entry(0, "BINARY"),
                    Map.entry(Telnet.ECHO, "ECHO"),
                    Map.entry(Telnet.SGA, "SGA"),
                    Map.entry(Telnet.STATUS, "STATUS"),
                    Map.entry(Telnet.TIMING_MARK, "TIMING-MARK"),
                    Map.entry(23, "SEND-LOCATION"),
                    Map.entry(Telnet.TTYPE, "TTYPE"),
                    Map.entry(Telnet.END_OF_RECORD, "EOR"),
                    Map.entry(Telnet.NAWS, "NAWS"),
                    Map.entry(32, "TSPEED"),
                    Map.entry(33, "LFLOW"),
                    Map.entry(Telnet.LINEMODE, "LINEMODE"),
                    Map.entry(35, "XDISPLOC"),
                    Map.entry(36, "OLD-ENVIRON"),
                    Map.entry(37, "AUTHENTICATION"),
                    Map.entry(38, "ENCRYPT"),
                    Map.entry(Telnet.NEW_ENVIRON, "NEW-ENVIRON"),
                    Map.entry(Telnet.CHARSET, "CHARSET"),
                    Map.entry(46, "START-TLS"),
                    Map.entry(Telnet.MSDP, "MSDP"),
                    Map.entry(Telnet.MSSP, "MSSP"),
                    Map.entry(85, "MCCP1"),
                    Map.entry(Telnet.MCCP2, "MCCP2"),
                    Map.entry(Telnet.MCCP3, "MCCP3"),
                    Map.entry(90, "MSP"),
                    Map.entry(Telnet.MXP, "MXP"),
                    Map.entry(93, "ZMP"),
                    Map.entry(102, "AARD102"),
                    Map.entry(200, "ATCP"),
                    Map.entry(Telnet.GMCP, "GMCP"));

    private TelnetNames() {}

    /** The name of a command; its number where it has none. */
    public static String command(int code) {
        return COMMANDS.getOrDefault(code, Integer.toString(code));
    }

    /** The name of an option; its number where it has none. */
    public static String option(int code) {
        return OPTIONS.getOrDefault(code, Integer.toString(code));
    }
}
