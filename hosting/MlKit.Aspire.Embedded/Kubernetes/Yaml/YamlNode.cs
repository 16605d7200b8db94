namespace Aspire.Hosting.Kubernetes.Yaml;

/// <summary>A piece of a chart between the object model and the text: what it becomes is decided by its kind.</summary>
internal abstract record YamlNode;

/// <summary>A text. It may hold Helm expressions (<c>{{ ... }}</c>); the writer quotes as the content needs.</summary>
internal sealed record YamlText(string Value) : YamlNode;

/// <summary>A text that stands for itself, whatever is in it.</summary>
internal sealed record YamlLiteral(string Value) : YamlNode;

/// <summary>A number or a boolean in its YAML form.</summary>
internal sealed record YamlPlain(string Value) : YamlNode;

/// <summary>A Helm expression that stands alone as a value and whose result needs no quotes: <c>{{ EXPRESSION }}</c>.</summary>
internal sealed record YamlExpression(string Expression) : YamlNode;

/// <summary>A Helm expression whose result is a map or a list: <c>{{- toYaml EXPRESSION | nindent N }}</c>.</summary>
internal sealed record YamlBlock(string Expression) : YamlNode;

/// <summary>An item of a list that is written inside <c>{{- if CONDITION }}</c>.</summary>
internal sealed record YamlWhen(string Condition, YamlNode Item) : YamlNode;

/// <summary>Further items of a list, from a Helm expression whose result is a list.</summary>
internal sealed record YamlSplice(string Expression) : YamlNode;

/// <summary>Further keys of a map, from a Helm expression whose result is a map; its own key is not written.</summary>
internal sealed record YamlMerge(string Expression) : YamlNode;

/// <summary>A list.</summary>
internal sealed record YamlSequence(List<YamlNode> Items) : YamlNode
{
    public YamlSequence()
        : this([])
    {
    }
}

/// <summary>One key of a map. With <paramref name="When"/> it is written inside <c>{{- if WHEN }}</c>.</summary>
internal sealed record YamlEntry(string Key, YamlNode Value, string? When = null, string? Comment = null);

/// <summary>A map that keeps the order of its keys.</summary>
internal sealed record YamlMapping(List<YamlEntry> Entries) : YamlNode
{
    public YamlMapping()
        : this([])
    {
    }

    public YamlNode? this[string key] => Entries.Find(entry => entry.Key == key)?.Value;

    public YamlMapping Add(string key, YamlNode value, string? when = null, string? comment = null)
    {
        Entries.Add(new YamlEntry(key, value, when, comment));
        return this;
    }

    public YamlMapping Add(string key, string value, string? comment = null) =>
        Add(key, new YamlText(value), null, comment);

    /// <summary>Replaces the value of a key where it stands, or adds it at the end.</summary>
    public void Set(string key, YamlNode value, string? when = null)
    {
        var at = Entries.FindIndex(entry => entry.Key == key);
        if (at < 0)
        {
            Add(key, value, when);
        }
        else
        {
            Entries[at] = Entries[at] with { Value = value, When = when ?? Entries[at].When };
        }
    }

    /// <summary>The map under a key, added when it is absent.</summary>
    public YamlMapping Map(string key, string? comment = null)
    {
        if (this[key] is YamlMapping found)
        {
            return found;
        }

        var added = new YamlMapping();
        Add(key, added, null, comment);
        return added;
    }
}
