using System.Reflection;

namespace MlKit.Aspire.Embedded.Tests.Surface;

/// <summary>Writes types as C# does, without namespaces, with nullability.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
    };

    /// <summary>The type of a field.</summary>
    public static string Of(FieldInfo field) => Name(field.FieldType, new NullabilityInfoContext().Create(field));

    /// <summary>The type of a property.</summary>
    public static string Of(PropertyInfo property) => Name(property.PropertyType, new NullabilityInfoContext().Create(property));

    /// <summary>The type of a parameter or a return value.</summary>
    public static string Of(ParameterInfo parameter, bool nullability)
    {
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return Name(type, nullability ? new NullabilityInfoContext().Create(parameter) : null);
    }

    /// <summary>A type; <paramref name="nullability"/> says where null is allowed.</summary>
    public static string Name(Type type, NullabilityInfo? nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying, null) + "?";
        }

        var question = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!, nullability?.ElementType)}[]{question}";
        }

        return (Keywords.TryGetValue(type, out var keyword) ? keyword : type.IsGenericParameter ? type.Name : Declared(type, nullability)) + question;
    }

    /// <summary>The constraints of a generic parameter.</summary>
    public static string Constraints(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var list = new List<string>();
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            list.Add("class");
        }

        list.AddRange(parameter.GetGenericParameterConstraints().Select(c => Name(c, null)));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            list.Add("new()");
        }

        return list.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", list)}";
    }

    private static string Declared(Type type, NullabilityInfo? nullability)
    {
        var name = type.Name.Split('`')[0];
        // A nested type repeats the arguments of the one around it.
        var arguments = type.GetGenericArguments();
        var own = type.IsNested ? arguments.Skip(type.DeclaringType!.GetGenericArguments().Length).ToArray() : arguments;
        if (own.Length > 0)
        {
            var offset = arguments.Length - own.Length;
            name += $"<{string.Join(", ", own.Select((a, i) => Name(a, nullability?.GenericTypeArguments.ElementAtOrDefault(offset + i))))}>";
        }

        return type.IsNested ? $"{Declared(type.DeclaringType!, null)}.{name}" : name;
    }
}
