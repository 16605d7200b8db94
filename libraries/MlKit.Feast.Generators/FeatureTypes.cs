using System.Text;
using Microsoft.CodeAnalysis;

namespace MlKit.Feast.Generators;

/// <summary>What the types of properties are in Feast, and how generated code reads them.</summary>
internal static class FeatureTypes
{
    private static readonly Dictionary<string, (string? Feast, string? Reader)> Known = new Dictionary<string, (string?, string?)>
    {
        ["string"] = ("String", "Text"),
        ["int"] = ("Int32", "Int32"),
        ["long"] = ("Int64", "Int64"),
        ["double"] = ("Double", "Double"),
        ["float"] = ("Float", "Float"),
        ["bool"] = ("Bool", "Bool"),
        ["System.DateTimeOffset"] = ("UnixTimestamp", "Time"),
        ["byte[]"] = ("Bytes", null),
        ["string[]"] = ("StringList", "Texts"),
        ["int[]"] = ("Int32List", "Int32s"),
        ["long[]"] = ("Int64List", "Int64s"),
        ["double[]"] = ("DoubleList", "Doubles"),
        ["float[]"] = ("FloatList", "Floats"),
        ["System.DateTimeOffset[]"] = ("UnixTimestampList", "Times"),
        ["object"] = (null, null),
    };

    public static string Allowed => string.Join(", ", Known.Keys.Where(type => type != "object"));

    /// <summary>The method of FeatureRow, or null for the general one.</summary>
    public static string? Reader(string type) => Known[type].Reader;

    public static bool TryRead(IPropertySymbol property, out FeatureProperty? read)
    {
        read = null;
        var nullable = property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        var type = nullable ? ((INamedTypeSymbol)property.Type).TypeArguments[0] : property.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        var name = type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes)).Replace("?", "");
        if (!Known.TryGetValue(name, out var known))
        {
            return false;
        }

        var key = Attribute(property, "JoinKeyAttribute");
        var time = Attribute(property, "EventTimeAttribute");
        var feature = Attribute(property, "FeatureAttribute");
        var kind = key != null ? PropertyKind.JoinKey : time != null ? PropertyKind.EventTime : PropertyKind.Feature;
        var feast = Named(feature, "Type") is { } given ? FeastName(given) : known.Feast;
        var column = Named(key ?? time ?? feature, "Name")?.Value as string
            ?? (kind == PropertyKind.EventTime ? "event_timestamp" : Snake(property.Name));
        if (feast is null || (kind == PropertyKind.EventTime && name != "System.DateTimeOffset"))
        {
            return false;
        }

        read = new FeatureProperty(
            kind,
            property.Name,
            column,
            name,
            nullable || property.NullableAnnotation == NullableAnnotation.Annotated,
            feast,
            key?.ConstructorArguments[0].Value as string ?? "",
            Named(feature, "Description")?.Value as string ?? "");
        return true;
    }

    private static AttributeData? Attribute(IPropertySymbol property, string name) =>
        property.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == "MlKit.Feast." + name);

    private static TypedConstant? Named(AttributeData? attribute, string name)
    {
        foreach (var argument in attribute?.NamedArguments ?? Enumerable.Empty<KeyValuePair<string, TypedConstant>>())
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private static string? FeastName(TypedConstant value) => value.Type!.GetMembers().OfType<IFieldSymbol>()
        .FirstOrDefault(member => member.HasConstantValue && Equals(member.ConstantValue, value.Value))?.Name;

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
