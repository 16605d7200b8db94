using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A string composed of literals and of values that are known later.</summary>
public partial class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>The empty expression; its value is null.</summary>
    public static readonly ReferenceExpression Empty = new(string.Empty, [], [], []);

    private readonly string[] _manifestExpressions;
    private readonly string?[] _stringFormats;
    private readonly IValueProvider[] _valueProviders;

    internal ReferenceExpression(string format, IValueProvider[] valueProviders, string[] manifestExpressions, string?[] stringFormats)
    {
        Format = format;
        _valueProviders = valueProviders;
        _manifestExpressions = manifestExpressions;
        _stringFormats = stringFormats;
    }

    private ReferenceExpression(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
        : this(string.Empty, [], [], [])
    {
        Condition = condition;
        MatchValue = matchValue;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
    }

    /// <summary>The composite format, such as <c>http://{0}/x</c>; braces of literals are doubled.</summary>
    public string Format { get; }

    /// <summary>The expression of each value, for publishers.</summary>
    public IReadOnlyList<string> ManifestExpressions => _manifestExpressions;

    /// <summary>The format of each value: <c>uri</c> encodes it for a URL, null leaves it as it is.</summary>
    public IReadOnlyList<string?> StringFormats => _stringFormats;

    /// <summary>The values, in the order of the format's indexes.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders => _valueProviders;

    /// <summary>Whether this expression chooses between two others.</summary>
    public bool IsConditional => Condition is not null;

    /// <summary>The value that the choice depends on.</summary>
    public IValueProvider? Condition { get; }

    /// <summary>What counts when <see cref="Condition"/> equals <see cref="MatchValue"/>.</summary>
    public ReferenceExpression? WhenTrue { get; }

    /// <summary>What counts otherwise.</summary>
    public ReferenceExpression? WhenFalse { get; }

    /// <summary>What <see cref="Condition"/> is compared with, without regard to case.</summary>
    public string? MatchValue { get; }

    /// <inheritdoc/>
    public string ValueExpression => IsConditional
        ? ConditionalExpression()
        : string.Format(CultureInfo.InvariantCulture, Format, [.. _manifestExpressions]);

    IEnumerable<object> IValueWithReferences.References => IsConditional
        ? [Condition!, WhenTrue!, WhenFalse!]
        : _valueProviders;

    /// <summary>Creates an expression from an interpolated string.</summary>
    /// <param name="handler">The interpolated string.</param>
    public static ReferenceExpression Create(ref ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <summary>Creates a choice between two expressions.</summary>
    /// <param name="condition">The value that the choice depends on.</param>
    /// <param name="matchValue">What it is compared with, without regard to case.</param>
    /// <param name="whenTrue">The expression on a match.</param>
    /// <param name="whenFalse">The expression otherwise.</param>
    public static ReferenceExpression CreateConditional(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentException.ThrowIfNullOrEmpty(matchValue);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);
        return new(condition, matchValue, whenTrue, whenFalse);
    }

    /// <summary>The value; waits until all parts are known. Null for the empty expression.</summary>
    /// <param name="context">Who asks, and from which network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Condition is not null)
        {
            var actual = await Condition.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            var branch = string.Equals(actual, MatchValue, StringComparison.OrdinalIgnoreCase) ? WhenTrue! : WhenFalse!;
            return await branch.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        }

        if (Format.Length == 0)
        {
            return null;
        }

        var values = new object?[_valueProviders.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await _valueProviders[i].GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            values[i] = ValueFormat.Apply(value, _stringFormats[i]);
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    /// <summary>The value; waits until all parts are known. Null for the empty expression.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    // A name that is stable over runs, because publishers key their output by it.
    private string ConditionalExpression()
    {
        var condition = Condition is IManifestExpressionProvider provider ? provider.ValueExpression : string.Empty;
        var content = $"{condition}|{MatchValue}|{WhenTrue!.ValueExpression}|{WhenFalse!.ValueExpression}";
        return $"{{cond-{XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(content)):x8}.value}}";
    }
}
