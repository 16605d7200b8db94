using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

public partial class ReferenceExpression
{
    /// <summary>Turns an interpolated string into a <see cref="ReferenceExpression"/>.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler
    {
        private readonly ExpressionParts _parts = new();

        /// <summary>Starts an expression.</summary>
        /// <param name="literalLength">Characters of literal text.</param>
        /// <param name="formattedCount">Number of holes.</param>
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
        {
        }

        /// <summary>Adds literal text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => _parts.Literal(value);

        /// <summary>Adds a string as literal text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendFormatted(string? value) => _parts.Literal(value);

        /// <summary>Adds a string as literal text.</summary>
        /// <param name="value">The text.</param>
        /// <param name="format"><c>uri</c> or null.</param>
        public readonly void AppendFormatted(string? value, string? format = null) => _parts.Literal(value, format);

        /// <summary>Adds a value that is known later.</summary>
        /// <param name="valueProvider">The value.</param>
        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider, null);

        /// <summary>Adds an expression inside this one.</summary>
        /// <param name="valueProvider">The expression.</param>
        /// <param name="format"><c>uri</c> or null.</param>
        [Obsolete("A format on a whole expression is applied to its value; format its parts instead.")]
        public readonly void AppendFormatted(ReferenceExpression valueProvider, string format) =>
            _parts.Value(valueProvider, format);

        /// <summary>Adds a value that is known later.</summary>
        /// <param name="valueProvider">The value.</param>
        /// <param name="format"><c>uri</c> or null.</param>
        public readonly void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider => _parts.Value(valueProvider, valueProvider.ValueExpression, format);

        /// <summary>Adds the value of a resource.</summary>
        /// <param name="valueProvider">The resource.</param>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider.Resource, null);

        /// <summary>Adds the value of a resource.</summary>
        /// <param name="valueProvider">The resource.</param>
        /// <param name="format"><c>uri</c> or null.</param>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider.Resource, format);

        internal readonly ReferenceExpression Build() => _parts.Build();
    }
}
