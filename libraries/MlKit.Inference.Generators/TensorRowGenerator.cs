using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MlKit.Inference.Generators;

/// <summary>Writes the mapping between rows marked with <c>TensorRow</c> and tensors.</summary>
[Generator]
public sealed class TensorRowGenerator : IIncrementalGenerator
{
    private const string Attribute = "MlKit.Inference.TensorRowAttribute";

    private static readonly DiagnosticDescriptor NotMapped = new(
        "MLKIT101", "No tensor for a property", "{0}", "MlKit.Inference", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rows = context.SyntaxProvider.ForAttributeWithMetadataName(
            Attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (target, _) => RowType.Read((INamedTypeSymbol)target.TargetSymbol));
        context.RegisterSourceOutput(rows, static (output, row) =>
        {
            if (row.Problem is { } problem)
            {
                output.ReportDiagnostic(Diagnostic.Create(NotMapped, row.Location, problem));
            }
            else
            {
                output.AddSource($"{row.FileName}.g.cs", SourceText.From(RowWriter.Write(row), Encoding.UTF8));
            }
        });
    }
}
