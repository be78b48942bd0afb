package lychgate.telnet;

/** The numbers of telnet: commands (RFC 854, 885, 1184) and options (IANA, and those of MUDs). */
public final class Telnet {
    /** End of record: a prompt ends here (RFC 885). */
    public static final int EOR = 239;

    /** Ends a subnegotiation. */
    public static final int SE = 240;

    /** No operation: keeps a connection alive. */
    public static final int NOP = 241;

    /** Interrupt process. */
    public static final int IP = 244;

    /** Are you there? */
    public static final int AYT = 246;

    /** Erase the last character of the line. */
    public static final int EC = 247;

    /** Erase the line. */
    public static final int EL = 248;

    /** Go ahead: a prompt ends here. */
    public static final int GA = 249;

    /** Begins a subnegotiation. */
    public static final int SB = 250;

    /** "I will", or "I want to". */
    public static final int WILL = 251;

    /** "I won't". */
    public static final int WONT = 252;

    /** "Please do". */
    public static final int DO = 253;

    /** "Please don't". */
    public static final int DONT = 254;

    /** Interpret as command: what follows is not data. */
    public static final int IAC = 255;

    /** Option: the other end echoes (RFC 857). */
    public static final int ECHO = 1;

    /** Option: no go-ahead after output (RFC 858). */
    public static final int SGA = 3;

    /** Option: status, which options are on (RFC 859). */
    public static final int STATUS = 5;

    /** Option: timing mark, answered when everything before it has been processed (RFC 860). */
    public static final int TIMING_MARK = 6;

    /** Option: terminal type (RFC 1091, MTTS). */
    public static final int TTYPE = 24;

    /** Option: the end of a record is marked (RFC 885). */
    public static final int END_OF_RECORD = 25;

    /** Option: window size (RFC 1073). */
    public static final int NAWS = 31;

    /** Option: lines are edited by the client (RFC 1184). */
    public static final int LINEMODE = 34;

    /** Option: variables of the client's environment (RFC 1572, MNES). */
    public static final int NEW_ENVIRON = 39;

    /** Option: the character set (RFC 2066). */
    public static final int CHARSET = 42;

    /** Option: Mud Server Data Protocol. */
    public static final int MSDP = 69;

    /** Option: Mud Server Status Protocol. */
    public static final int MSSP = 70;

    /** Option: Mud Client Compression Protocol, version 2: output of the server. */
    public static final int MCCP2 = 86;

    /** Option: Mud Client Compression Protocol, version 3: output of the client. */
    public static final int MCCP3 = 87;

    /** Option: Mud Extension Protocol: tags in the text. */
    public static final int MXP = 91;

    /** Option: Generic Mud Communication Protocol. */
    public static final int GMCP = 201;

    private Telnet() {}
}
