using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds values that are given from outside.</summary>
public static partial class ParameterResourceBuilderExtensions
{
    private const int PasswordLength = 22;

    /// <summary>Adds a parameter whose value is configured under <c>Parameters:NAME</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name; a dash may be written as an underscore in the configuration.</param>
    /// <param name="secret">Whether the value is masked and published as a secret.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(CreateParameter(builder, name, secret));
    }

    /// <summary>Adds a parameter of a fixed value.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="publishValueAsDefault">Whether publishers write the value as the default.</param>
    /// <param name="secret">Whether the value is masked and published as a secret.</param>
    /// <exception cref="ArgumentException">A secret is to be published.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddParameter(name, () => value, publishValueAsDefault, secret);
    }

    /// <summary>Adds a parameter of a value that is asked for when it is needed.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="valueGetter">The value.</param>
    /// <param name="publishValueAsDefault">Whether publishers write the value as the default.</param>
    /// <param name="secret">Whether the value is masked and published as a secret.</param>
    /// <exception cref="ArgumentException">A secret is to be published.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(valueGetter);
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret));
        }

        return builder.Add(new ParameterResource(name, _ => valueGetter(), secret)
        {
            Default = publishValueAsDefault ? new ConstantParameterDefault(valueGetter) : null,
        });
    }

    /// <summary>Adds a parameter whose value is configured under <c>Parameters:NAME</c>, else made by a default.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">Makes the value.</param>
    /// <param name="secret">Whether the value is masked and published as a secret.</param>
    /// <param name="persist">Whether a made value is found again on later runs.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = persist ? Persisted(builder, parameter, value) : value;
        return builder.Add(parameter);
    }

    /// <summary>Adds a parameter whose value is configured under a key of its own.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="configurationKey">The key.</param>
    /// <param name="secret">Whether the value is masked and published as a secret.</param>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(this IDistributedApplicationBuilder builder, [ResourceName] string name, string configurationKey, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(configurationKey);
        return builder.Add(new ParameterResource(name, d => ParameterValues.Find(builder.Configuration, configurationKey, name, d), secret)
        {
            ConfigurationKey = configurationKey,
        });
    }

    /// <summary>A parameter configured under <c>Parameters:NAME</c>, not added to the application.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="secret">Whether the value is masked and published as a secret.</param>
    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var key = $"Parameters:{name}";
        return new ParameterResource(name, d => ParameterValues.Find(builder.Configuration, key, name, d), secret);
    }

    /// <summary>A secret parameter whose value is generated where none is configured, not added to the application.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="lower">Whether lower-case letters may be in it.</param>
    /// <param name="upper">Whether upper-case letters may be in it.</param>
    /// <param name="numeric">Whether digits may be in it.</param>
    /// <param name="special">Whether special characters may be in it.</param>
    /// <param name="minLower">The least number of lower-case letters.</param>
    /// <param name="minUpper">The least number of upper-case letters.</param>
    /// <param name="minNumeric">The least number of digits.</param>
    /// <param name="minSpecial">The least number of special characters.</param>
    public static ParameterResource CreateDefaultPasswordParameter(IDistributedApplicationBuilder builder, string name, bool lower = true, bool upper = true, bool numeric = true, bool special = true, int minLower = 0, int minUpper = 0, int minNumeric = 0, int minSpecial = 0) =>
        CreateGeneratedParameter(builder, name, secret: true, new GenerateParameterDefault
        {
            MinLength = PasswordLength,
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        });

    /// <summary>A parameter whose value is generated where none is configured, not added to the application.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="secret">Whether the value is masked and published as a secret.</param>
    /// <param name="parameterDefault">How it is generated; in run mode later runs find the same value.</param>
    public static ParameterResource CreateGeneratedParameter(IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault parameterDefault)
    {
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = Persisted(builder, parameter, parameterDefault);
        return parameter;
    }

    /// <summary>Says what the value means, for those who give it.</summary>
    /// <param name="builder">The parameter.</param>
    /// <param name="description">What it means.</param>
    /// <param name="enableMarkdown">Whether that is Markdown.</param>
    public static IResourceBuilder<ParameterResource> WithDescription(this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(description);
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>Says how the value is asked for.</summary>
    /// <param name="builder">The parameter.</param>
    /// <param name="createInput">Makes the input field.</param>
    public static IResourceBuilder<ParameterResource> WithCustomInput(this IResourceBuilder<ParameterResource> builder, Func<ParameterResource, InteractionInput> createInput)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(createInput);
        return builder.WithAnnotation(new InputGeneratorAnnotation(createInput), ResourceAnnotationMutationBehavior.Replace);
    }

    // What is published is the way to generate, never a value that this machine generated.
    private static ParameterDefault Persisted(IDistributedApplicationBuilder builder, ParameterResource parameter, ParameterDefault generator) =>
        builder.ExecutionContext.IsRunMode
            ? new PersistedParameterDefault(generator, parameter.ConfigurationKey, builder.UserSecretsManager, builder.Configuration)
            : generator;

    private static IResourceBuilder<ParameterResource> Add(this IDistributedApplicationBuilder builder, ParameterResource parameter) =>
        builder.AddResource(parameter).WithInitialState(new CustomResourceSnapshot
        {
            ResourceType = "Parameter",
            Properties = [new("parameter.secret", parameter.Secret.ToString()), new(CustomResourceKnownProperties.Source, parameter.ConfigurationKey)],
        });
}
