package lychgate.characters;

import java.util.List;

/** What terminals send that nobody typed: nothing of it is text, and nothing enters a line. */
public final class TerminalAnswers {
    private static final String ESC = "\u001b";
    private static final String ST = ESC + "\\";

    /** Each of them whole. */
    public static final List<String> ALL =
            List.of(
                    ESC + "[<0;32;24M", // a mouse button goes down
                    ESC + "[<0;32;24m",
                    ESC + "[32;40;24M", // rxvt's form of it
                    ESC + "[M !\"", // and X10's
                    ESC + "[M\u007f~A",
                    ESC + "[[A", // F1 of the Linux console
                    ESC + "[[E",
                    ESC + "[15~",
                    ESC + "[24;5~",
                    ESC + "OP",
                    ESC + "O2P",
                    ESC + "O1;5S",
                    ESC + "[24;80R", // where the cursor stands
                    ESC + "[?24;80;1R",
                    ESC + "[1;2R",
                    ESC + "[?62;1;2;4c", // what the terminal is
                    ESC + "[>41;354;0c",
                    ESC + "[0n",
                    ESC + "[?2026;2$y",
                    ESC + "[4;2$y",
                    ESC + "[8;24;80t",
                    ESC + "[I", // the window has the focus
                    ESC + "[O",
                    ESC + "[?1u", // kitty's keyboard
                    ESC + "[97;5u",
                    ESC + "[97:65:97;2:1;65u",
                    ESC + "[1;1:3A",
                    ESC + "[27;5;97~",
                    ESC + "[>1;5A",
                    ESC + "[1;2;3A",
                    ESC + "[1 A",
                    ESC + "[" + "1;".repeat(1_000) + "A",
                    ESC + "]11;rgb:0000/0000/0000" + ST,
                    ESC + "]11;rgb:0000/0000/0000\u0007",
                    ESC + "]lGr\u00fc\u00dfe \u6f22" + ST,
                    ESC + "]52;c;" + "QUJD".repeat(5_000) + ST,
                    ESC + "P1$r0m" + ST,
                    ESC + "P>|XTerm(379)" + ST,
                    ESC + "P!|00000000" + ST,
                    ESC + "_Gi=31;OK" + ST,
                    ESC + "^private" + ST,
                    ESC + "Xstring" + ST,
                    ESC + "(B",
                    ESC + "#8",
                    ESC + " F",
                    ESC + "z",
                    "\u009b<0;32;24M", // the same in C1
                    "\u009b24;80R",
                    "\u009d11;rgb:0/0/0\u009c",
                    "\u00901$r0m\u009c",
                    "\u009fG\u009c",
                    "\u008fP",
                    "\u0085");

    private TerminalAnswers() {}
}
