namespace WideAppHost;

/// <summary>Parameters, connection strings and things outside.</summary>
internal sealed record Values(
    IResourceBuilder<ParameterResource> Greeting,
    IResourceBuilder<ParameterResource> Token,
    IResourceBuilder<ParameterResource> Generated,
    IResourceBuilder<IResourceWithConnectionString> Warehouse,
    IResourceBuilder<ConnectionStringResource> Composed,
    IResourceBuilder<ExternalServiceResource> Weather)
{
    public static Values Add(IDistributedApplicationBuilder builder)
    {
        var greeting = builder.AddParameter("greeting", "hello", publishValueAsDefault: true).WithDescription("What **services** say.", enableMarkdown: true);
        var token = builder.AddParameter("token", () => "t0ken", secret: true)
            .WithCustomInput(parameter => new InteractionInput { Name = parameter.Name, InputType = InputType.SecretText, Required = true });
        var generated = builder.AddParameter("generated", new GenerateParameterDefault { MinLength = 24, Special = false }, secret: true, persist: true);
        builder.AddParameterFromConfiguration("region", "Region");
        builder.Configuration["Region"] ??= "north";
        builder.Configuration["ConnectionStrings:warehouse"] ??= "Host=warehouse.example;Port=5432";
        var warehouse = builder.AddConnectionString("warehouse");
        var composed = builder.AddConnectionString("composed", ReferenceExpression.Create($"Url={greeting};Key={token:uri}"));
        builder.AddConnectionString("built", expression =>
        {
            expression.Append($"Name={greeting}");
            expression.AppendLiteral(";Fixed=1");
        });
        var weather = builder.AddExternalService("weather", "https://weather.example/");
        var url = builder.AddParameter("map-url", "https://map.example/");
        builder.AddExternalService("map", url);
        builder.AddExternalService("time", new Uri("https://time.example/"));
        return new Values(greeting, token, generated, warehouse, composed, weather);
    }
}
