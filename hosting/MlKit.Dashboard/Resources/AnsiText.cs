using System.Globalization;
using System.Text;

namespace MlKit.Dashboard.Resources;

/// <summary>
/// Splits console text into pieces of one appearance. Colours and styles (SGR) are kept; all other control sequences
/// and control characters are removed.
/// </summary>
public static class AnsiText
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';
    private static readonly string[] Names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    /// <summary>The pieces of a line.</summary>
    public static IReadOnlyList<AnsiPiece> Parse(string line)
    {
        if (!HasControl(line))
        {
            return [new AnsiPiece(line, "", "")];
        }

        var pieces = new List<AnsiPiece>();
        var text = new StringBuilder();
        var style = new Style();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != Escape)
            {
                if (!char.IsControl(line[i]) || line[i] == '\t')
                {
                    text.Append(line[i]);
                }

                continue;
            }

            var end = EndOfSequence(line, i);
            if (end > i + 1 && line[end] == 'm' && line[i + 1] == '[')
            {
                Flush(pieces, text, style);
                style = style.Apply(line.AsSpan(i + 2, end - i - 2));
            }

            i = end;
        }

        Flush(pieces, text, style);
        return pieces;
    }

    /// <summary>The text without any control sequence.</summary>
    public static string Strip(string line) => HasControl(line) ? string.Concat(Parse(line).Select(piece => piece.Text)) : line;

    private static bool HasControl(string line) => line.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 || line.Contains('\u007f', StringComparison.Ordinal);

    private static void Flush(List<AnsiPiece> pieces, StringBuilder text, Style style)
    {
        if (text.Length > 0)
        {
            pieces.Add(new AnsiPiece(text.ToString(), style.Classes, style.Css));
            text.Clear();
        }
    }

    // The index of a sequence's last character; of the text's last where the sequence does not end.
    private static int EndOfSequence(string line, int start)
    {
        if (start + 1 >= line.Length)
        {
            return start;
        }

        return line[start + 1] switch
        {
            '[' => EndWhere(line, start + 2, c => c is >= '@' and <= '~'),
            ']' or 'P' or '_' or '^' => EndWhere(line, start + 2, c => c is Bell or '\u009c' or '\\'),
            '(' or ')' or '#' => Math.Min(start + 2, line.Length - 1),
            _ => start + 1,
        };
    }

    private static int EndWhere(string line, int from, Func<char, bool> isLast)
    {
        for (var i = from; i < line.Length; i++)
        {
            if (isLast(line[i]))
            {
                return i;
            }
        }

        return line.Length - 1;
    }

    private readonly record struct Style(string? Fore = null, string? Back = null, string? ForeCss = null, string? BackCss = null,
        bool Bold = false, bool Dim = false, bool Italic = false, bool Underline = false)
    {
        public string Classes => string.Join(' ', new[]
        {
            Fore is null ? null : $"fg-{Fore}",
            Back is null ? null : $"bg-{Back}",
            Bold ? "bold" : null,
            Dim ? "dim" : null,
            Italic ? "italic" : null,
            Underline ? "underline" : null,
        }.OfType<string>());

        public string Css => (ForeCss is null ? "" : $"color:{ForeCss};") + (BackCss is null ? "" : $"background:{BackCss};");

        public Style Apply(ReadOnlySpan<char> parameters)
        {
            var codes = Codes(parameters);
            var style = this;
            for (var i = 0; i < codes.Count; i++)
            {
                if (codes[i] is 38 or 48)
                {
                    style = style.Extended(codes, ref i);
                }
                else
                {
                    style = style.Simple(codes[i]);
                }
            }

            return style;
        }

        private Style Simple(int code) => code switch
        {
            0 => default,
            1 => this with { Bold = true },
            2 => this with { Dim = true },
            3 => this with { Italic = true },
            4 => this with { Underline = true },
            22 => this with { Bold = false, Dim = false },
            23 => this with { Italic = false },
            24 => this with { Underline = false },
            >= 30 and <= 37 => this with { Fore = Names[code - 30], ForeCss = null },
            39 => this with { Fore = null, ForeCss = null },
            >= 40 and <= 47 => this with { Back = Names[code - 40], BackCss = null },
            49 => this with { Back = null, BackCss = null },
            >= 90 and <= 97 => this with { Fore = "bright-" + Names[code - 90], ForeCss = null },
            >= 100 and <= 107 => this with { Back = "bright-" + Names[code - 100], BackCss = null },
            _ => this,
        };

        // 38;5;n is one of 256 colours, 38;2;r;g;b any colour; 48 is the same for the background.
        private Style Extended(List<int> codes, ref int i)
        {
            var isFore = codes[i] == 38;
            if (i + 2 < codes.Count && codes[i + 1] == 5)
            {
                var index = codes[i + 2];
                i += 2;
                return index < 16
                    ? Simple((isFore ? 30 : 40) + (index % 8) + (index >= 8 ? 60 : 0))
                    : WithCss(isFore, Palette(index));
            }

            if (i + 4 < codes.Count && codes[i + 1] == 2)
            {
                var css = Rgb(codes[i + 2], codes[i + 3], codes[i + 4]);
                i += 4;
                return WithCss(isFore, css);
            }

            return this;
        }

        private Style WithCss(bool isFore, string css) =>
            isFore ? this with { Fore = null, ForeCss = css } : this with { Back = null, BackCss = css };

        // 16 to 231 are a cube of six levels per channel, 232 to 255 greys.
        private static string Palette(int index)
        {
            if (index >= 232)
            {
                var grey = 8 + (10 * (Math.Min(index, 255) - 232));
                return Rgb(grey, grey, grey);
            }

            static int Level(int step) => step == 0 ? 0 : 55 + (40 * step);
            var cube = index - 16;
            return Rgb(Level(cube / 36), Level(cube / 6 % 6), Level(cube % 6));
        }

        private static string Rgb(int red, int green, int blue) => string.Create(
            CultureInfo.InvariantCulture, $"rgb({Math.Clamp(red, 0, 255)},{Math.Clamp(green, 0, 255)},{Math.Clamp(blue, 0, 255)})");

        private static List<int> Codes(ReadOnlySpan<char> parameters)
        {
            var codes = new List<int>();
            foreach (var range in parameters.SplitAny(';', ':'))
            {
                codes.Add(int.TryParse(parameters[range], NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0);
            }

            return codes;
        }
    }
}

/// <summary>Console text of one appearance.</summary>
/// <param name="Text">The text.</param>
/// <param name="Classes">Style classes; empty for plain text.</param>
/// <param name="Css">A style for colours without a name; usually empty.</param>
public readonly record struct AnsiPiece(string Text, string Classes, string Css);
