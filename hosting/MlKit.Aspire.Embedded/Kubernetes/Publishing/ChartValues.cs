using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The content of <c>values.yaml</c> while the chart is made, and the parameters among it.</summary>
internal sealed class ChartValues
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParameterResource> _secrets = new(StringComparer.Ordinal);

    public YamlMapping Root { get; } = new();

    /// <summary>Secret parameters by their key, in the order in which they were met.</summary>
    public IReadOnlyDictionary<string, ParameterResource> Secrets => _secrets;

    /// <summary>Whether a secret that nobody gives is generated on the first install.</summary>
    public static bool IsGenerated(ParameterResource parameter) => parameter.Default is GenerateParameterDefault;

    /// <summary>The map of one resource.</summary>
    /// <exception cref="DistributedApplicationException">Two resources have names that fall together.</exception>
    public YamlMapping Of(IResource resource)
    {
        var key = Claim("resource", resource.Name);
        return Root.Map(key, $"The resource '{resource.Name}'.");
    }

    /// <summary>The key of a resource's map.</summary>
    public static string KeyOf(IResource resource) => ObjectNames.ValueKey(resource.Name);

    /// <summary>A parameter as a Helm text; a secret one as the helper template that finds its value.</summary>
    public async Task<HelmValue> ParameterAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        var key = Claim(parameter.Secret ? "secret parameter" : "parameter", parameter.Name);
        if (parameter.Secret)
        {
            _secrets[key] = parameter;
            return new HelmValue($"{{{{ include \"chart.secret.{key}\" . }}}}", true);
        }

        var (path, comment) = ValuePlaces.Of(parameter);
        var map = path[..^1].Aggregate(Root, static (parent, name) => parent.Map(name));
        if (map[path[^1]] is null)
        {
            map.Add(path[^1], new YamlLiteral(await DefaultAsync(parameter, cancellationToken).ConfigureAwait(false)), null, comment);
        }

        return new HelmValue($"{{{{ .Values.{string.Join('.', path)} }}}}", false);
    }

    // Nobody is asked when a chart is written: a parameter without a value is for whoever installs the chart.
    private static async Task<string> DefaultAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        try
        {
            if (parameter.Default is { } given and not GenerateParameterDefault)
            {
                return given.GetDefaultValue();
            }

            return await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? "";
        }
        catch (MissingParameterValueException)
        {
            return "";
        }
    }

    private string Claim(string kind, string name)
    {
        var key = ObjectNames.ValueKey(name);
        var owner = $"{kind} '{name}'";
        var slot = kind == "resource" ? key : $"{kind}/{key}";
        return _owners.TryAdd(slot, owner) || _owners[slot] == owner
            ? key
            : throw new DistributedApplicationException(
                $"The {owner} and the {_owners[slot]} would both be '{key}' in values.yaml; rename one of them.");
    }
}
