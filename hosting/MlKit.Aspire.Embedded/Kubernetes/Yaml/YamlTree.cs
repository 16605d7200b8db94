using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Yaml;

/// <summary>
/// Turns objects with YamlDotNet attributes into nodes. Left out are nulls, empty lists and maps, and objects that a
/// class creates for itself and nobody touched; an object in a property that starts null was put there on purpose and
/// is written even when empty (<c>emptyDir: {}</c>).
/// </summary>
internal static class YamlTree
{
    private static readonly ConcurrentDictionary<Type, Member[]> Members = new();
    private static readonly ConcurrentDictionary<Type, YamlMapping?> Pristine = new();

    public static YamlMapping FromObject(object value)
    {
        var map = new YamlMapping();
        foreach (var member in Members.GetOrAdd(value.GetType(), MembersOf))
        {
            if (member.Property.GetValue(value) is not { } content || Convert(content) is not { } node)
            {
                continue;
            }

            var untouched = node is YamlMapping made && !member.StartsNull
                && (made.Entries.Count == 0 || SameAsNew(content.GetType(), made));
            if (!untouched)
            {
                map.Add(member.Name, node);
            }
        }

        return map;
    }

    private static YamlNode? Convert(object value) => value switch
    {
        string text => new YamlText(text),
        bool flag => new YamlPlain(flag ? "true" : "false"),
        Int32OrStringV1 { Number: { } number } => new YamlPlain(number.ToString(CultureInfo.InvariantCulture)),
        Int32OrStringV1 text => text.Text is null ? null : new YamlText(text.Text),
        DateTime time => new YamlText(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        Enum name => new YamlText(name.ToString()),
        IFormattable number when value.GetType().IsPrimitive || value is decimal =>
            new YamlPlain(number.ToString(null, CultureInfo.InvariantCulture)),
        YamlNode node => node,
        IDictionary map => FromDictionary(map),
        IEnumerable list => FromList(list),
        _ => FromObject(value),
    };

    private static YamlMapping? FromDictionary(IDictionary map)
    {
        var node = new YamlMapping();
        foreach (DictionaryEntry entry in map)
        {
            if (entry.Value is not null && Convert(entry.Value) is { } value)
            {
                node.Add(System.Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, value);
            }
        }

        return node.Entries.Count == 0 ? null : node;
    }

    private static YamlSequence? FromList(IEnumerable list)
    {
        var node = new YamlSequence();
        foreach (var item in list)
        {
            if (item is not null && Convert(item) is { } value)
            {
                node.Items.Add(value);
            }
        }

        return node.Items.Count == 0 ? null : node;
    }

    private static bool SameAsNew(Type type, YamlMapping made)
    {
        var pristine = Pristine.GetOrAdd(type, static t =>
            t.GetConstructor(Type.EmptyTypes) is null ? null : FromObject(Activator.CreateInstance(t)!));
        return pristine is not null && YamlWriter.Write(pristine) == YamlWriter.Write(made);
    }

    private static Member[] MembersOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0
                && property.GetCustomAttribute<YamlIgnoreAttribute>() is null)
            .Select((property, index) =>
            {
                var attribute = property.GetCustomAttribute<YamlMemberAttribute>();
                var name = attribute?.Alias ?? char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
                var startsNull = nullability.Create(property).ReadState == NullabilityState.Nullable;
                return new Member(name, attribute?.Order ?? 0, index, property, startsNull);
            })
            .OrderBy(member => member.Order)
            .ThenBy(member => member.Index)];
    }

    private sealed record Member(string Name, int Order, int Index, PropertyInfo Property, bool StartsNull);
}
