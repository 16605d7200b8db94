using System.Text.RegularExpressions;

namespace MlKit.Aspire.Embedded.Tests.Surface;

/// <summary>A line of the description of Aspire's hosting API: a type, or a member of one.</summary>
/// <param name="Section">The heading it stands under.</param>
/// <param name="Type">The full name of the type, with generic parameters.</param>
/// <param name="Header">The declaration of the type, without base types.</param>
/// <param name="Member">The signature, or null for the type's own line.</param>
/// <param name="Bases">For a type's own line: the base class and interfaces that it names.</param>
/// <param name="Experimental">The diagnostic id that its use reports, or null.</param>
/// <param name="Obsolete">True when its use is a warning.</param>
internal sealed record SubsetLine(
    string Section, string Type, string Header, string? Member, IReadOnlyList<string> Bases, string? Experimental, bool Obsolete)
{
    /// <summary>How the omissions file names it.</summary>
    public string Key => Member is null ? Type : $"{Type} | {Member}";
}

/// <summary>Reads the description; lines of what 13.6 dropped (mark <c>-</c>) are left out, as the target is 17.0.</summary>
internal static partial class SubsetFile
{
    /// <summary>The lines in their order.</summary>
    public static IReadOnlyList<SubsetLine> Read(IEnumerable<string> lines)
    {
        var result = new List<SubsetLine>();
        string section = "", type = "", header = "";
        string? typeExperimental = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("========", StringComparison.Ordinal))
            {
                section = line.Trim('=', ' ');
            }
            else if (HeaderLine().Match(line) is { Success: true } found)
            {
                type = found.Groups["name"].Value;
                header = $"{found.Groups["kind"].Value} {type}";
                var rest = Marks.Take(found.Groups["rest"].Value);
                typeExperimental = rest.Experimental;
                result.Add(new SubsetLine(section, type, header, null, Split(rest.Text), rest.Experimental, rest.Obsolete));
            }
            else if (type.Length > 0 && MemberLine().Match(line) is { Success: true } member && member.Groups["mark"].Value != "-")
            {
                result.AddRange(Members(section, type, header, Marks.Take(member.Groups["text"].Value), typeExperimental));
            }
        }

        return result;
    }

    private static IEnumerable<SubsetLine> Members(string section, string type, string header, Marks marks, string? typeExperimental)
    {
        // An enumeration has all its values in one line.
        var texts = header.StartsWith("enum ", StringComparison.Ordinal) ? marks.Text.Split(", ") : [marks.Text];
        return texts.Select(text => text.StartsWith("implements ", StringComparison.Ordinal)
            ? new SubsetLine(section, type, header, null, [text["implements ".Length..]], null, false)
            : new SubsetLine(section, type, header, text, [], marks.Experimental ?? typeExperimental, marks.Obsolete));
    }

    // Commas within type arguments do not separate.
    private static List<string> Split(string bases)
    {
        var (names, depth, start) = (new List<string>(), 0, 0);
        var list = bases.Trim().TrimStart(':').Trim();
        for (var i = 0; i <= list.Length; i++)
        {
            if (i == list.Length || (list[i] == ',' && depth == 0))
            {
                names.Add(list[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += list[i] switch { '<' => 1, '>' => -1, _ => 0 };
            }
        }

        return [.. names.Where(name => name.Length > 0)];
    }

    [GeneratedRegex(@"^[ +^-] (?<kind>(?:(?:static|sealed|abstract|readonly|ref) )*(?:class|interface|enum|struct)) (?<name>Aspire\.[\w.]+(?:<[^>]*>)?)(?<rest>.*?)\s+<[\w.]+>$")]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"^  (?<mark>[ +^-]) (?<text>\S.*)$")]
    private static partial Regex MemberLine();

    /// <summary>A declaration without the notes in brackets behind it.</summary>
    private sealed partial record Marks(string Text, string? Experimental, bool Obsolete)
    {
        public static Marks Take(string text)
        {
            string? experimental = null;
            var obsolete = false;
            text = JsonNote().Replace(text, "").TrimEnd();
            while (Note().Match(text) is { Success: true } note)
            {
                var value = note.Groups["note"].Value;
                obsolete |= value.StartsWith("obsolete", StringComparison.Ordinal);
                // "until 17.0": no longer experimental in the target.
                experimental ??= value.StartsWith("ASPIRE", StringComparison.Ordinal) && !value.Contains(' ') ? value : null;
                text = text[..note.Index].TrimEnd();
            }

            return new Marks(text, experimental, obsolete);
        }

        [GeneratedRegex(@"\[(?<note>ASPIRE[^\]]*|obsolete[^\]]*)\]$")]
        private static partial Regex Note();

        [GeneratedRegex(@"\s+\(json [^)]*\)$")]
        private static partial Regex JsonNote();
    }
}
