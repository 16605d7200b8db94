using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MlKit.Aspire.Embedded.Tests.Surface;

/// <summary>Writes types and members of an assembly as the description of the API does.</summary>
internal static class SignatureText
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The declaration of a type without its bases.</summary>
    public static string Header(Type type)
    {
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsByRefLike: true } => "ref struct",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        return $"{kind} {FullName(type)}";
    }

    /// <summary>The full name with the names of its generic parameters.</summary>
    public static string FullName(Type type)
    {
        var name = $"{type.Namespace}.{TypeText.Name(type, null)}";
        foreach (var parameter in type.GetGenericArguments().Where(a => a.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant)))
        {
            name = name.Replace($"<{parameter.Name}>", $"<out {parameter.Name}>", StringComparison.Ordinal);
        }

        return name;
    }

    /// <summary>The visible members by signature; a member that may be written in two ways stands under both.</summary>
    public static Dictionary<string, MemberInfo> Members(Type type)
    {
        var members = new Dictionary<string, MemberInfo>(StringComparer.Ordinal);
        foreach (var member in new[] { type }.Concat(type.IsInterface ? type.GetInterfaces() : []).SelectMany(t => t.GetMembers(All)))
        {
            foreach (var text in Texts(member))
            {
                members.TryAdd(text, member);
            }
        }

        return members;
    }

    private static IEnumerable<string> Texts(MemberInfo member) => member switch
    {
        FieldInfo { DeclaringType.IsEnum: true, IsLiteral: true } field => [$"{field.Name}={Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"],
        FieldInfo field when IsVisible(field.Attributes) => [Field(field)],
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) => [Property(property)],
        ConstructorInfo constructor when IsVisible(constructor) => [$"{Access(constructor)}ctor({Parameters(constructor, true)})"],
        MethodInfo { IsSpecialName: false } method when IsVisible(method) => [Method(method, true), Method(method, false)],
        _ => [],
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldAttributes field) =>
        (field & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Field(FieldInfo field)
    {
        var type = TypeText.Of(field);
        return field switch
        {
            { IsLiteral: true } => $"const {type} {field.Name} = {Constant(field.GetRawConstantValue(), field.FieldType)}",
            { IsStatic: true } => $"static readonly {type} {field.Name}",
            _ => $"field {type} {field.Name}",
        };
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true);
        var getter = property.GetMethod;
        var setter = property.SetMethod is { } candidate && IsVisible(candidate) && (candidate.IsPublic || getter?.IsPublic != true) ? candidate : null;
        var isInit = setter?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(p => $"{TypeText.Of(p, true)} {p.Name}"))}]";
        return $"{Access(accessors.FirstOrDefault(a => a.IsPublic) ?? accessors[0])}{(accessors[0].IsStatic ? "static " : "")}{required}{TypeText.Of(property)} {name} "
            + $"{{ {(getter is null ? "" : "get; ")}{(setter is null ? "" : isInit ? "init; " : "set; ")}}}";
    }

    private static string Method(MethodInfo method, bool outNullability)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute));
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        var constraints = string.Concat(method.GetGenericArguments().Select(TypeText.Constraints));
        return $"{Access(method)}{(method.IsStatic && !isExtension ? "static " : "")}{TypeText.Of(method.ReturnParameter, true)} {method.Name}{generic}"
            + $"({(isExtension ? "this " : "")}{Parameters(method, outNullability)}){constraints}";
    }

    private static string Parameters(MethodBase method, bool outNullability) => string.Join(", ", method.GetParameters().Select(p => Parameter(p, outNullability)));

    private static string Parameter(ParameterInfo parameter, bool outNullability)
    {
        var prefix = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? $" = {Constant(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{prefix}{TypeText.Of(parameter, !parameter.IsOut || outNullability)} {parameter.Name}{value}";
    }

    private static string Constant(object? value, Type type) => value switch
    {
        null => type.IsValueType || type.IsGenericParameter ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } enumeration => $"{TypeText.Name(enumeration, null)}.{Enum.ToObject(enumeration, value)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
