import type { ProviderTemplate, TemplateParameter } from './template'

const AWS_REGION: TemplateParameter = {
  name: 'region',
  label: 'Region',
  example: 'us-east-1',
  pattern: '[a-z]{2}(-[a-z]+)+-\\d',
  value: 'us-east-1',
}

const AZURE_RESOURCE: TemplateParameter = {
  name: 'resource',
  label: 'Resource',
  example: 'my-company',
  pattern: '[a-zA-Z0-9][a-zA-Z0-9-]{1,62}',
  value: '',
}

const GOOGLE_PROJECT: TemplateParameter = {
  name: 'project',
  label: 'Project ID',
  example: 'my-project-123',
  pattern: '[a-z][a-z0-9:.-]{4,62}',
  value: '',
}

const GOOGLE_LOCATION: TemplateParameter = {
  name: 'location',
  label: 'Region',
  example: 'europe-west4',
  pattern: '[a-z]+-[a-z]+\\d+',
  value: 'us-central1',
}

const CHAT = {
  group: 'clouds',
  apiShape: 'openai-chat',
  authScheme: null,
  apiVersion: null,
  modelListUrl: null,
  listsModels: true,
  modelPrefix: '',
  needsKey: true,
  aliases: [],
} as const

/** Providers where everybody has an address of their own: a region, a project, a resource. */
export const CLOUD_TEMPLATES: readonly ProviderTemplate[] = [
  {
    ...CHAT,
    slug: 'amazon-bedrock',
    name: 'Amazon Bedrock',
    baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com/openai/v1',
    parameters: [AWS_REGION],
    listsModels: false,
    hint: 'Get a key at the AWS console → Bedrock → API keys, or sign with an access key',
    aliases: ['aws', 'bedrock', 'aws-bedrock', 'aws.bedrock'],
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html',
  },
  {
    ...CHAT,
    slug: 'amazon-bedrock-mantle',
    name: 'Amazon Bedrock Mantle',
    baseUrl: 'https://bedrock-mantle.{region}.api.aws/v1',
    parameters: [AWS_REGION],
    hint: 'Get a key at the AWS console → Bedrock → API keys, or sign with an access key',
    aliases: ['bedrock-mantle'],
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html',
  },
  {
    ...CHAT,
    slug: 'azure',
    name: 'Azure OpenAI',
    baseUrl: 'https://{resource}.openai.azure.com/openai/v1',
    parameters: [AZURE_RESOURCE],
    authScheme: 'api-key',
    hint: 'One of the two keys of your resource: Azure portal → Keys and endpoint',
    aliases: ['azure-openai', 'microsoft-azure', 'azure-foundry', 'azure.ai.openai', 'azure.ai.inference'],
    source: 'https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle',
  },
  {
    ...CHAT,
    slug: 'azure-deployments',
    name: 'Azure OpenAI, deployments',
    baseUrl: 'https://{resource}.openai.azure.com/openai/deployments/{model}',
    parameters: [AZURE_RESOURCE],
    authScheme: 'api-key',
    apiVersion: '2024-10-21',
    listsModels: false,
    hint: 'For resources without the v1 API; an endpoint’s name at the provider is its deployment',
    source: 'https://learn.microsoft.com/azure/foundry/openai/reference',
  },
  {
    ...CHAT,
    slug: 'google-vertex',
    name: 'Google Vertex AI',
    baseUrl: 'https://aiplatform.googleapis.com/v1/projects/{project}/locations/global/endpoints/openapi',
    parameters: [GOOGLE_PROJECT],
    authScheme: 'google-service-account',
    listsModels: false,
    modelPrefix: 'google/',
    hint: 'A service account’s JSON key file: Google Cloud console → IAM → Service accounts → Keys',
    aliases: ['vertex', 'vertex-ai', 'google-vertex-ai', 'gcp.vertex_ai', 'gcp-vertex-ai'],
    source: 'https://cloud.google.com/vertex-ai/generative-ai/docs/migrate/openai/overview',
  },
  {
    ...CHAT,
    slug: 'google-vertex-region',
    name: 'Google Vertex AI, one region',
    baseUrl:
      'https://{location}-aiplatform.googleapis.com/v1/projects/{project}/locations/{location}/endpoints/openapi',
    parameters: [GOOGLE_PROJECT, GOOGLE_LOCATION],
    authScheme: 'google-service-account',
    listsModels: false,
    modelPrefix: 'google/',
    hint: 'A service account’s JSON key file: Google Cloud console → IAM → Service accounts → Keys',
    source: 'https://cloud.google.com/vertex-ai/generative-ai/docs/migrate/openai/overview',
  },
  {
    ...CHAT,
    slug: 'cloudflare',
    name: 'Cloudflare Workers AI',
    baseUrl: 'https://api.cloudflare.com/client/v4/accounts/{account}/ai/v1',
    parameters: [
      {
        name: 'account',
        label: 'Account ID',
        example: '023e105f4ecef8ad9ca31a8372d0c353',
        pattern: '[0-9a-f]{32}',
        value: '',
      },
    ],
    modelListUrl: 'https://api.cloudflare.com/client/v4/accounts/{account}/ai/models/search?per_page=100',
    hint: 'Get a token at dash.cloudflare.com → Workers AI → Use REST API',
    aliases: ['cloudflare-workers-ai', 'workers-ai'],
    source: 'https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility',
  },
]
