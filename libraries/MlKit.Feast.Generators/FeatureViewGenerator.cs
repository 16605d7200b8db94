using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MlKit.Feast.Generators;

/// <summary>Makes the definition and the reader of every partial record with <c>[FeatureView]</c>.</summary>
[Generator]
public sealed class FeatureViewGenerator : IIncrementalGenerator
{
    private const string ViewAttribute = "MlKit.Feast.FeatureViewAttribute";

    private static readonly DiagnosticDescriptor Wrong = new DiagnosticDescriptor(
        "MLKITFEAST001", "A feature view cannot be made of this record", "{0}", "MlKit.Feast", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var records = context.SyntaxProvider.ForAttributeWithMetadataName(
            ViewAttribute, (node, _) => node is TypeDeclarationSyntax, (found, _) => Read(found));
        context.RegisterSourceOutput(records, (output, found) =>
        {
            if (found.Record is null)
            {
                output.ReportDiagnostic(Diagnostic.Create(Wrong, Location.None, found.Problem));
            }
            else
            {
                output.AddSource(found.Record.Space + "." + found.Record.Name + ".g.cs", SourceText.From(FeatureViewWriter.Write(found.Record), Encoding.UTF8));
            }
        });
    }

    private static (FeatureRecord? Record, string? Problem) Read(GeneratorAttributeSyntaxContext found)
    {
        var type = (INamedTypeSymbol)found.TargetSymbol;
        if (!((TypeDeclarationSyntax)found.TargetNode).Modifiers.Any(SyntaxKind.PartialKeyword) || !type.IsRecord || type.IsValueType || type.ContainingType != null)
        {
            return (null, type.Name + " must be a partial record class that is not nested");
        }

        var properties = new List<FeatureProperty>();
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>().Where(property => !property.IsStatic && property.SetMethod != null && !property.IsImplicitlyDeclared))
        {
            if (!FeatureTypes.TryRead(property, out var read) || read is null)
            {
                return (null, type.Name + "." + property.Name + " is of type " + property.Type.ToDisplayString() + ", which no feature has; allowed are "
                    + FeatureTypes.Allowed + ", or [Feature(Type = ...)] on an object");
            }

            properties.Add(read);
        }

        var record = new FeatureRecord(
            type.ContainingNamespace.ToDisplayString(), type.Name, type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal", properties, Settings(found.Attributes[0]));
        return record.Of(PropertyKind.EventTime).Count() != 1 ? ((FeatureRecord?)null, (string?)(type.Name + " needs exactly one property with [EventTime]"))
            : !record.Of(PropertyKind.Feature).Any() ? (null, type.Name + " has no feature")
            : (record, null);
    }

    private static Dictionary<string, string> Settings(AttributeData attribute)
    {
        var settings = attribute.NamedArguments.ToDictionary(argument => argument.Key, argument => argument.Value.ToCSharpString());
        settings["Name"] = attribute.ConstructorArguments[0].ToCSharpString();
        return settings;
    }
}
