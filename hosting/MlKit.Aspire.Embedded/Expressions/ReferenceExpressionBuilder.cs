using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Builds a <see cref="ReferenceExpression"/> piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ExpressionParts _parts = new();

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty => _parts.IsEmpty;

    /// <summary>Adds an interpolated string.</summary>
    /// <param name="handler">The interpolated string.</param>
    public void Append([InterpolatedStringHandlerArgument("")] ref ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
        // The handler wrote into this builder while it was made.
    }

    /// <summary>Adds a string as literal text.</summary>
    /// <param name="value">The text.</param>
    public void AppendFormatted(string? value) => _parts.Literal(value);

    /// <summary>Adds a string as literal text.</summary>
    /// <param name="value">The text.</param>
    /// <param name="format"><c>uri</c> or null.</param>
    public void AppendFormatted(string? value, string? format = null) => _parts.Literal(value, format);

    /// <summary>Adds a value that is known later.</summary>
    /// <param name="valueProvider">The value.</param>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider, null);

    /// <summary>Adds an expression inside this one.</summary>
    /// <param name="valueProvider">The expression.</param>
    /// <param name="format"><c>uri</c> or null.</param>
    [Obsolete("A format on a whole expression is applied to its value; format its parts instead.")]
    public void AppendFormatted(ReferenceExpression valueProvider, string format) => _parts.Value(valueProvider, format);

    /// <summary>Adds a value that is known later.</summary>
    /// <param name="valueProvider">The value.</param>
    /// <param name="format"><c>uri</c> or null.</param>
    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider => _parts.Value(valueProvider, valueProvider.ValueExpression, format);

    /// <summary>Adds literal text.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _parts.Literal(value);

    /// <summary>Adds a string, a value that is known later, or the builder of a resource that is one.</summary>
    /// <param name="valueProvider">The value.</param>
    /// <param name="format"><c>uri</c> or null.</param>
    /// <exception cref="ArgumentException">The value is none of those.</exception>
    public void AppendValueProvider(object valueProvider, string? format = null) => _parts.Value(valueProvider, format);

    /// <summary>The expression of everything added so far.</summary>
    public ReferenceExpression Build() => _parts.Build();

    /// <summary>Writes an interpolated string into a <see cref="ReferenceExpressionBuilder"/>.</summary>
    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        /// <summary>Starts writing into <paramref name="builder"/>.</summary>
        /// <param name="literalLength">Characters of literal text.</param>
        /// <param name="formattedCount">Number of holes.</param>
        /// <param name="builder">The builder.</param>
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder) =>
            _builder = builder;

        /// <summary>Adds literal text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <summary>Adds a string as literal text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        /// <summary>Adds a string as literal text.</summary>
        /// <param name="value">The text.</param>
        /// <param name="format"><c>uri</c> or null.</param>
        public readonly void AppendFormatted(string? value, string format) => _builder.AppendFormatted(value, format);

        /// <summary>Adds an expression inside this one.</summary>
        /// <param name="valueProvider">The expression.</param>
        /// <param name="format"><c>uri</c> or null.</param>
        [Obsolete("A format on a whole expression is applied to its value; format its parts instead.")]
        public readonly void AppendFormatted(ReferenceExpression valueProvider, string format) =>
            _builder.AppendFormatted(valueProvider, format);

        /// <summary>Adds a value that is known later.</summary>
        /// <param name="valueProvider">The value.</param>
        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        /// <summary>Adds a value that is known later.</summary>
        /// <param name="valueProvider">The value.</param>
        /// <param name="format"><c>uri</c> or null.</param>
        public readonly void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted<T>(valueProvider, format);

        /// <summary>Adds the value of a resource.</summary>
        /// <param name="valueProvider">The resource.</param>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider.Resource);

        /// <summary>Adds the value of a resource.</summary>
        /// <param name="valueProvider">The resource.</param>
        /// <param name="format"><c>uri</c> or null.</param>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted<T>(valueProvider.Resource, format);
    }
}
