using Microsoft.CodeAnalysis;

namespace MlKit.Inference.Generators;

/// <summary>How a property becomes a tensor.</summary>
internal enum ColumnKind
{
    Scalar,
    Vector,
    Text,
}

/// <summary>A property and its tensor.</summary>
internal sealed class RowColumn(string property, string tensor, ColumnKind kind, string element)
{
    public string Property { get; } = property;

    public string Tensor { get; } = tensor;

    public ColumnKind Kind { get; } = kind;

    /// <summary>Type of the values, for example <c>float</c>.</summary>
    public string Element { get; } = element;
}

/// <summary>A type marked with <c>TensorRow</c>.</summary>
internal sealed class RowType
{
    private static readonly SpecialType[] Numbers =
    [
        SpecialType.System_Boolean, SpecialType.System_Byte, SpecialType.System_SByte, SpecialType.System_Int16, SpecialType.System_UInt16,
        SpecialType.System_Int32, SpecialType.System_UInt32, SpecialType.System_Int64, SpecialType.System_UInt64, SpecialType.System_Single,
        SpecialType.System_Double,
    ];

    public string Namespace { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>For example <c>partial record struct</c>.</summary>
    public string Declaration { get; private set; } = "";

    public string FileName { get; private set; } = "";

    public List<RowColumn> Columns { get; } = [];

    /// <summary>Properties that the constructor takes, in its order; empty: they are set by an initialiser.</summary>
    public List<string> Constructor { get; private set; } = [];

    public string? Problem { get; private set; }

    public Location? Location { get; private set; }

    public static RowType Read(INamedTypeSymbol type)
    {
        var row = new RowType
        {
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            Name = type.Name,
            Declaration = $"partial {(type.IsRecord ? "record " : "")}{(type.TypeKind == TypeKind.Struct ? "struct" : "class")}",
            FileName = type.ToDisplayString().Replace('<', '_').Replace('>', '_'),
            Location = type.Locations.FirstOrDefault(),
        };
        if (type.ContainingType is not null || type.IsGenericType)
        {
            row.Problem = $"'{type.Name}' is marked with TensorRow; allowed: types that are neither nested nor generic";
            return row;
        }

        foreach (var property in type.GetMembers().OfType<IPropertySymbol>().Where(IsColumn))
        {
            row.Add(property);
        }

        row.Constructor = type.InstanceConstructors
            .Where(one => one.Parameters.Length > 0 && one.Parameters.All(parameter => row.Columns.Any(column => column.Property == parameter.Name)))
            .OrderByDescending(one => one.Parameters.Length)
            .Select(one => one.Parameters.Select(parameter => parameter.Name).ToList())
            .FirstOrDefault() ?? [];
        return row;
    }

    private static bool IsColumn(IPropertySymbol property) =>
        property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false, GetMethod: not null, SetMethod: not null };

    private void Add(IPropertySymbol property)
    {
        var tensor = property.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == "MlKit.Inference.TensorNameAttribute")?
            .ConstructorArguments[0].Value as string ?? property.Name;
        var element = property.Type is IArrayTypeSymbol array ? array.ElementType : property.Type;
        var isNumber = Numbers.Contains(element.SpecialType) || element.ToDisplayString() == "System.Half";
        if (property.Type.SpecialType == SpecialType.System_String)
        {
            Columns.Add(new RowColumn(property.Name, tensor, ColumnKind.Text, "string"));
        }
        else if (isNumber)
        {
            Columns.Add(new RowColumn(property.Name, tensor, property.Type is IArrayTypeSymbol ? ColumnKind.Vector : ColumnKind.Scalar, element.ToDisplayString()));
        }
        else
        {
            Problem = $"property '{property.Name}' of '{Name}' has type {property.Type.ToDisplayString()}; allowed: numbers, bool, arrays of them, and string";
            Location = property.Locations.FirstOrDefault();
        }
    }
}
