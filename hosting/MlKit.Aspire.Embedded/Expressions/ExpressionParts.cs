using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Collects the pieces of an expression; shared by the builder and both interpolated-string handlers.</summary>
internal sealed class ExpressionParts
{
    private readonly StringBuilder _format = new();
    private readonly List<IValueProvider> _valueProviders = [];
    private readonly List<string> _manifestExpressions = [];
    private readonly List<string?> _stringFormats = [];

    public bool IsEmpty => _format.Length == 0;

    public void Literal(string? value)
    {
        if (value is not null)
        {
            _format.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }
    }

    public void Literal(string? value, string? format) => Literal(ValueFormat.Apply(value, format));

    public void Value(IValueProvider provider, string manifestExpression, string? format)
    {
        ArgumentNullException.ThrowIfNull(provider);
        _ = ValueFormat.Apply(string.Empty, format);
        _format.Append(CultureInfo.InvariantCulture, $"{{{_valueProviders.Count}}}");
        _valueProviders.Add(provider);
        _manifestExpressions.Add(manifestExpression);
        _stringFormats.Add(format);
    }

    public void Value(object value, string? format)
    {
        ArgumentNullException.ThrowIfNull(value);
        var target = value is IResourceBuilder<IResource> builder ? builder.Resource : value;
        if (target is string text)
        {
            Literal(text, format);
            return;
        }

        if (target is not (IValueProvider and IManifestExpressionProvider))
        {
            throw new ArgumentException(
                $"{value.GetType().Name} cannot stand in a reference expression: it is neither a string nor both {nameof(IValueProvider)} and {nameof(IManifestExpressionProvider)}.",
                nameof(value));
        }

        Value((IValueProvider)target, ((IManifestExpressionProvider)target).ValueExpression, format);
    }

    public ReferenceExpression Build() =>
        new(_format.ToString(), [.. _valueProviders], [.. _manifestExpressions], [.. _stringFormats]);
}
