using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random value of letters, digits and special characters.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Letters and digits that look alike are left out; the special ones need no quoting in shells' double quotes.
    private const string LowerChars = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperChars = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string NumericChars = "0123456789";
    private const string SpecialChars = "-_.{}~()*+!";

    /// <summary>The least number of characters.</summary>
    public int MinLength { get; set; }

    /// <summary>Whether lower-case letters may be in it.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper-case letters may be in it.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits may be in it.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether special characters may be in it.</summary>
    public bool Special { get; set; } = true;

    /// <summary>The least number of lower-case letters.</summary>
    public int MinLower { get; set; }

    /// <summary>The least number of upper-case letters.</summary>
    public int MinUpper { get; set; }

    /// <summary>The least number of digits.</summary>
    public int MinNumeric { get; set; }

    /// <summary>The least number of special characters.</summary>
    public int MinSpecial { get; set; }

    /// <summary>A new random value.</summary>
    /// <exception cref="ArgumentException">A group has a least number but may not be in it, or none may.</exception>
    public override string GetDefaultValue()
    {
        (bool Allowed, int Least, string Characters, string Name)[] groups =
        [
            (Lower, MinLower, LowerChars, nameof(Lower)),
            (Upper, MinUpper, UpperChars, nameof(Upper)),
            (Numeric, MinNumeric, NumericChars, nameof(Numeric)),
            (Special, MinSpecial, SpecialChars, nameof(Special)),
        ];
        foreach (var group in groups)
        {
            if (group.Least < 0 || (group.Least > 0 && !group.Allowed))
            {
                throw new ArgumentException($"Min{group.Name} is {group.Least} but {group.Name} is {group.Allowed}: it must be 0 or more, and 0 where the group is not allowed.");
            }
        }

        var all = string.Concat(groups.Where(g => g.Allowed).Select(g => g.Characters));
        if (all.Length == 0)
        {
            throw new ArgumentException("At least one of Lower, Upper, Numeric and Special must be true.");
        }

        var characters = groups.SelectMany(g => RandomNumberGenerator.GetItems<char>(g.Characters, g.Least)).ToList();
        characters.AddRange(RandomNumberGenerator.GetItems<char>(all, Math.Max(0, MinLength - characters.Count)));
        var value = characters.ToArray();
        RandomNumberGenerator.Shuffle<char>(value);
        return new string(value);
    }

    /// <summary>Writes how the value is made: what differs from the defaults.</summary>
    /// <param name="context">Where to.</param>
    public override void WriteToManifest(Publishing.ManifestPublishingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        foreach (var (name, allowed, least) in new[] { (nameof(Lower), Lower, MinLower), (nameof(Upper), Upper, MinUpper), (nameof(Numeric), Numeric, MinNumeric), (nameof(Special), Special, MinSpecial) })
        {
            if (!allowed)
            {
                writer.WriteBoolean(name.ToLowerInvariant(), false);
            }

            if (least > 0)
            {
                writer.WriteNumber($"min{name}", least);
            }
        }

        writer.WriteEndObject();
    }
}
