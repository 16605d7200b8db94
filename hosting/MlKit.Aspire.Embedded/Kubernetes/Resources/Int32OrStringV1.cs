using System.Globalization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A number or a name, for example a port. Written as a number where it is one.</summary>
/// <param name="Number">The number, or null.</param>
/// <param name="Text">The name, or null.</param>
public sealed record Int32OrStringV1(int? Number = default, string? Text = null) : IEquatable<int>, IEquatable<string>
{
    /// <summary>Wraps a number.</summary>
    public Int32OrStringV1(int value)
        : this(value, null)
    {
    }

    /// <summary>Wraps a text; a text that is a whole number becomes the number.</summary>
    public Int32OrStringV1(string? value)
        : this(Parse(value), Parse(value) is null ? value : null)
    {
    }

    /// <summary>The number in invariant form, or the text.</summary>
    public string? Value => Number?.ToString(CultureInfo.InvariantCulture) ?? Text;

    /// <summary>Wraps a number.</summary>
    public static implicit operator Int32OrStringV1(int value) => new(value);

    /// <summary>Wraps a text; a text that is a whole number becomes the number.</summary>
    public static implicit operator Int32OrStringV1(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(int other) => Number == other;

    /// <inheritdoc/>
    public bool Equals(string? other) => Value == other;

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";

    private static int? Parse(string? value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
